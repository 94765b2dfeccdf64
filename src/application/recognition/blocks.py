"""Lines that belong together: a letterhead, an address, the foot of a page. Step 7 looks for names at their top."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from application.recognition.layout import Layout, Segment

PITCH = 2.3
"""In line heights: the lines of one block are nearer to each other, from top to top."""
SAME_EDGE = 8.0
"""In points: left edges, right edges or middles of one block differ by less."""
SAME_RIGHT = 2.0
"""In points: lines that are set flush right end at exactly the same edge."""
MOST_LINES = 9


def block_above(layout: Layout, segment: Segment, pitch: float = PITCH) -> list[Segment]:
    """The lines above a segment that stand in one column with it, from the top down, without the segment."""
    block = [segment]
    for row in reversed(layout.rows[max(0, segment.row - 2 * MOST_LINES) : segment.row]):
        if row[0].page is not segment.page or block[0].top - row[0].bottom > pitch * max(block[0].height, row[0].height):
            break
        above = next((other for other in row if _aligned(other, block[0]) or _aligned(other, segment)), None)
        if above is None and len(row) == 1 and _overlap(row[0], block[0]):
            above = row[0]  # a page of one column, as a till prints it
        if above is None:
            continue
        if block[0].top - above.top > pitch * max(block[0].height, above.height) or len(block) > MOST_LINES:
            break
        block.insert(0, above)
    return block[:-1]


def block_below(layout: Layout, segment: Segment, pitch: float = PITCH) -> list[Segment]:
    """The lines below a segment that stand in one column with it, as far as they belong together, without the segment."""
    block = [segment]
    for row in layout.rows[segment.row + 1 : segment.row + 2 * MOST_LINES]:
        if row[0].page is not segment.page or row[0].top - block[-1].top > pitch * max(block[-1].height, row[0].height):
            break
        below = next((other for other in row if _aligned(other, segment)), None)
        if below is not None and len(block) <= MOST_LINES:
            block.append(below)
    return block[1:]


def _overlap(one: Segment, other: Segment) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def _aligned(one: Segment, other: Segment) -> bool:
    """Whether two lines start together, end together or are centred on each other."""
    middle = (one.left + one.right - other.left - other.right) / 2
    return min(abs(one.left - other.left), abs(middle)) < SAME_EDGE or abs(one.right - other.right) < SAME_RIGHT
