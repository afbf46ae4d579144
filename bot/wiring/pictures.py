"""Pictures from the shop's server to X: what makes them, and what puts them there."""

from __future__ import annotations

import structlog

from bot.metrics import PICTURES
from bot.model import Send
from bot.pictures.maker import PictureMaker
from bot.sending.ports import Pictures
from bot.settings import SendingSettings
from bot.x.client import XClient
from bot.x.media import NotUploaded
from catalog.pulling.network import Network

log = structlog.get_logger()


def pictures_at(x: XClient, settings: SendingSettings) -> Pictures:
    """How the sender comes by the picture of a Send."""
    maker = PictureMaker(Network(), timeout_s=settings.pictures_timeout_s)

    async def picture(send: Send) -> str:
        if send.attempts > 1:
            return ""  # should the photo be what ended the try before, this one does not open it
        made = await maker.make(send.pictures)
        if made is None:
            return ""
        try:
            return await x.upload_picture(made.jpeg, made.alt_text)
        except NotUploaded as error:
            PICTURES.labels("not_uploaded").inc()
            log.warning("picture_not_uploaded", reason=error.reason, send_id=send.id)
            return ""

    return picture
