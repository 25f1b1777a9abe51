"""Mail on the console, for machines without a mail server."""

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend

RULE = "-" * 79


class ConsoleBackend(EmailBackend):
    """Writes mails as people read them: headers, text, and the names of what is attached."""

    def write_message(self, message: EmailMessage) -> None:
        """Write one mail to the stream; what is attached is named, not spelled out."""
        headers = {
            "Subject": message.subject,
            "From": message.from_email,
            "To": ", ".join(message.recipients()),
        }
        lines = [f"{name}: {value}" for name, value in headers.items()]
        lines += ["", str(message.body).strip(), ""]
        lines += [f"[{_named(attachment)}]" for attachment in message.attachments]
        self.stream.write("\n".join([RULE, *lines, RULE, ""]))


def _named(attachment: object) -> str:
    """The name and size of an attachment: (name, content, media type), or a MIME part."""
    if isinstance(attachment, tuple):
        name, content = attachment[0], attachment[1]
        return f"{name}, {max(1, len(content) // 1024)} KB"
    return "attachment"
