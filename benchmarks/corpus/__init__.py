"""A corpus of Belgian invoices for measuring how well documents are read: own layouts, wordings, companies and amounts, by seed.

!!! A THIRD OF THE LAYOUTS (`layouts/held_back/`) AND OF THE LABEL WORDINGS (`held_back_wordings.py`) IS HELD BACK FROM TUNING. !!!
!!! Who changes `application/recognition/` looks at the misses of the other two thirds only, and never at these files, their     !!!
!!! pages or their misses: what is measured on them says how a supplier nobody has seen is read. The benchmark prints no misses  !!!
!!! for them. A held-back document has both a held-back layout and held-back words.                                             !!!

Four more looks (`layouts/calibration/`) are for fitting confidence only (`fit_confidence.py`): they are not for tuning either.

`generate.py` makes text PDFs with their truth, `degrade.py` makes scans and photographs of them.
"""
