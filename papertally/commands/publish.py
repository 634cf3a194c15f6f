"""`papertally publish`: readers see what was checked."""

from papertally.settings import load_settings
from papertally.terminal import say


def publish() -> None:
    """Publish the checked build file: copy it, then point readers to the copy."""
    from papertally.lock import pipeline_lock
    from papertally.publishing.publish import publish as publish_file

    settings = load_settings()
    with pipeline_lock(settings, "publish", say):
        version = publish_file(settings)
    say(f"Published {version}")
