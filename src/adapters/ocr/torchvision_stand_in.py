"""The two things easyocr takes from torchvision: a network's layers, and pictures as tensors.

torchvision's own wheels come with gigabytes for graphics cards; with this, torch for processors is enough. The real one is used when it is
installed.
"""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

VGG16 = (64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0)
"""Channels of each convolution; 0 halves the picture (Simonyan and Zisserman 2015, configuration D)."""
VERSION = "0.20"
"""Whose way of asking for weights this answers to."""


def stand_in() -> None:
    """Put it in the place of a torchvision that is not installed."""
    if importlib.util.find_spec("torchvision"):
        return
    torchvision, models, transforms = (ModuleType(name) for name in ("torchvision", "torchvision.models", "torchvision.transforms"))
    models.vgg16_bn = _vgg16_bn  # type: ignore[attr-defined]  # a module is filled
    transforms.ToTensor = lambda: _tensor  # type: ignore[attr-defined]  # the same
    torchvision.__version__ = VERSION  # type: ignore[attr-defined]  # the same
    torchvision.models, torchvision.transforms = models, transforms  # type: ignore[attr-defined]  # the same
    sys.modules |= {"torchvision": torchvision, "torchvision.models": models, "torchvision.transforms": transforms}


class _Layers:
    """A network of which only the layers that look at the picture are there."""

    def __init__(self, features: Any) -> None:
        self.features = features


def _vgg16_bn(weights: None = None) -> _Layers:
    """With batch normalisation, and without weights: easyocr fills in its own."""
    from torch import nn  # type: ignore[import-not-found]  # noqa: PLC0415 - only there where easyocr is

    if weights is not None:
        raise ValueError(weights)
    layers: list[Any] = []
    depth = 3
    for channels in VGG16:
        if channels:
            layers += [nn.Conv2d(depth, channels, kernel_size=3, padding=1), nn.BatchNorm2d(channels), nn.ReLU(inplace=True)]
            depth = channels
        else:
            layers.append(nn.MaxPool2d(kernel_size=2, stride=2))
    return _Layers(nn.Sequential(*layers))


def _tensor(picture: Image) -> Any:
    """Grey or RGB of 8 bits as channels × height × width from 0 to 1."""
    import numpy as np  # noqa: PLC0415 - beside torch
    import torch  # noqa: PLC0415 - only there where easyocr is

    levels = np.array(picture, np.uint8)
    return torch.from_numpy(levels.reshape(*levels.shape[:2], -1)).permute(2, 0, 1).contiguous().float() / 255
