"""What a file says of itself to a press: how it is meant to be printed, and its metadata."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import ImageCms

from personalization.brochures.press.objects import (
    Entries,
    Operand,
    Writer,
    dictionary,
    reference,
    string,
)

REGISTRY = "http://www.color.org"
X4 = "PDF/X-4"
SRGB = Path(__file__).with_name("sRGB.icc")


@dataclass(frozen=True)
class Condition:
    """The printing condition that a file is made for, by its name in the ICC's registry.

    With the press's own profile (CMYK) inside, a file is PDF/X-4; without, it says which condition
    is meant and leaves the profile to the press.
    """

    name: str = "FOGRA51"
    profile: bytes = b""

    @property
    def standard(self) -> str:
        return X4 if self.profile else ""


class BadProfile(ValueError):
    """The file is no profile of a four-color press."""


@cache
def condition(name: str, profile: str) -> Condition:
    """The condition, with the profile in a file if one is named. BadProfile."""
    if not profile:
        return Condition(name)
    try:
        data = Path(profile).read_bytes()
        space = ImageCms.ImageCmsProfile(str(profile)).profile.xcolor_space
    except (OSError, ImageCms.PyCMSError) as error:
        raise BadProfile(f"{profile} can't be read: {error}") from None
    if space.strip() != "CMYK":
        raise BadProfile(f"{profile} is for {space.strip()}, not for CMYK.")
    return Condition(name, data)


def srgb(writer: Writer) -> int:
    """Write the color space of pictures; its number."""
    entries: Entries = {"N": 3, "Alternate": "DeviceRGB"}
    profile = writer.stream(entries, SRGB.read_bytes(), deflate=True)
    return writer.put(b"[/ICCBased %b]" % reference(profile))


@dataclass(frozen=True)
class About:
    """A file's title, who made it, and its language."""

    title: str
    author: str
    language: str = ""


def finish(writer: Writer, *, pages: int, about: About, meant: Condition) -> None:
    """Write what holds the file together, around its tree of pages."""
    intent: dict[str, Operand] = {
        "Type": "OutputIntent",
        "S": "GTS_PDFX",
        "OutputConditionIdentifier": string(meant.name),
        "OutputCondition": string(meant.name),
        "RegistryName": string(REGISTRY),
        "Info": string(meant.name),
    }
    if meant.profile:
        profile = writer.stream({"N": 4}, meant.profile, deflate=True)
        intent["DestOutputProfile"] = reference(profile)
    xmp: Entries = {"Type": "Metadata", "Subtype": "XML"}
    metadata = writer.stream(xmp, _xmp(about, meant).encode())
    catalog: dict[str, Operand] = {
        "Type": "Catalog",
        "Pages": reference(pages),
        "OutputIntents": b"[" + dictionary(intent) + b"]",
        "Metadata": reference(metadata),
        "ViewerPreferences": dictionary({"DisplayDocTitle": b"true"}),
    }
    if about.language:
        catalog["Lang"] = string(about.language)
    info: dict[str, Operand] = {
        "Title": string(about.title),
        "Author": string(about.author),
        "Creator": string("Customerize"),
        "Producer": string("Customerize"),
        "CreationDate": string("D:20000101000000Z"),
        "ModDate": string("D:20000101000000Z"),
        "Trapped": "False",
    }
    if meant.standard:
        info["GTS_PDFXVersion"] = string(meant.standard)
    writer.finish(root=writer.put(dictionary(catalog)), info=writer.put(dictionary(info)))


def _xmp(about: About, meant: Condition) -> str:
    standard = f"<pdfxid:GTS_PDFXVersion>{X4}</pdfxid:GTS_PDFXVersion>" if meant.standard else ""
    title, author = (escape(text) for text in (about.title, about.author))
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>Customerize</xmp:CreatorTool>
<xmp:CreateDate>2000-01-01T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>2000-01-01T00:00:00Z</xmp:ModifyDate>
<xmp:MetadataDate>2000-01-01T00:00:00Z</xmp:MetadataDate>
<pdf:Producer>Customerize</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>uuid:00000000-0000-0000-0000-000000000000</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
{standard}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
