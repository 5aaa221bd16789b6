"""Taking in a photograph: decoded, scaled, and written anew, so that only the picture itself is kept.

An uploaded image may carry the position it was taken at, the name of who took it, or something that is no image.
"""

import io
import warnings
from datetime import date

from django.utils.translation import gettext
from PIL import Image, ImageOps, UnidentifiedImageError

from savnet.register.models import Photo, Resident

MAX_BYTES = 15_000_000
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 1600
_FORMATS = ("JPEG", "PNG", "WEBP")


class NotAPhotograph(Exception):
    """The file can't be used. The text says why, to the person who uploaded it."""


def keep_photo(
    resident: Resident, data: bytes, *, consent_by: str, consent_on: date, taken: date | None = None
) -> Photo:
    """Store the photograph of a resident in place of the one before.

    Raises NotAPhotograph, or ValidationError where nobody is named as having consented.
    """
    photo = Photo.objects.filter(resident=resident).first() or Photo(resident=resident)
    photo.image, photo.taken = rewritten(data), taken
    photo.consent_by, photo.consent_on = consent_by.strip(), consent_on
    photo.full_clean()
    photo.save()
    return photo


def rewritten(data: bytes) -> bytes:
    """The same picture as a plain JPEG without any metadata, at most 1600 pixels along its longest side."""
    if len(data) > MAX_BYTES:
        raise NotAPhotograph(gettext("Bildet er større enn %(size)s MB.") % {"size": MAX_BYTES // 1_000_000})
    image = _decoded(data)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", image.size, "white")
    # On white, since JPEG has no transparency. A new image: what was hung on the old one stays behind.
    bare.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def _decoded(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
            if image.width * image.height > MAX_PIXELS:
                raise NotAPhotograph(gettext("Bildet har for mange bildepunkter."))
            upright = ImageOps.exif_transpose(image)  # phones tell by metadata which way is up
            return upright.convert("RGBA" if _is_see_through(upright) else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPhotograph(gettext("Bildet har for mange bildepunkter.")) from error
    except UnidentifiedImageError as error:
        raise NotAPhotograph(gettext("Fila er ikke et bilde av typen JPEG, PNG eller WebP.")) from error
    except (OSError, SyntaxError, ValueError) as error:  # what Pillow raises for broken files
        raise NotAPhotograph(gettext("Bildefila er ødelagt.")) from error


def _is_see_through(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
