"""Words that WhatsApp itself writes into an export, in the languages where they are known.

Where a language is unknown, its typography still tells: iOS puts a direction mark before
its own words, Android puts angle brackets round an omitted file.
"""

import re
from typing import Final, NamedTuple

from fourfold.evidence.readers.whatsapp.headers import MARKS, plain, starts_with_mark

_DELETED: Final = frozenset(
    phrase.strip()
    for phrase in """
    this message was deleted|you deleted this message|message deleted
    this message was deleted by admin|diese nachricht wurde gelöscht
    du hast diese nachricht gelöscht|sie haben diese nachricht gelöscht
    ce message a été supprimé|vous avez supprimé ce message|tu as supprimé ce message
    se eliminó este mensaje|eliminaste este mensaje|este mensaje fue eliminado
    has eliminado este mensaje|questo messaggio è stato eliminato
    hai eliminato questo messaggio|dit bericht is verwijderd
    u hebt dit bericht verwijderd|je hebt dit bericht verwijderd|mensagem apagada
    esta mensagem foi apagada|essa mensagem foi apagada|você apagou esta mensagem
    apagaste esta mensagem|ta wiadomość została usunięta|usunięto tę wiadomość
    usunąłeś tę wiadomość|данное сообщение удалено|это сообщение удалено
    вы удалили данное сообщение|bu mesaj silindi|bu mesajı sildiniz
    acest mesaj a fost șters|ai șters acest mesaj|تم حذف هذه الرسالة
    أنت حذفت هذه الرسالة|لقد حذفت هذه الرسالة|detta meddelande raderades
    du raderade detta meddelande|denne besked blev slettet|denne meldingen ble slettet
    tämä viesti poistettiin|tato zpráva byla odstraněna|ezt az üzenetet törölték
    यह संदेश मिटाया गया|यह मैसेज मिटाया गया|このメッセージは削除されました
    此消息已被删除|此訊息已被刪除|삭제된 메시지입니다|pesan ini telah dihapus
    """.replace("\n", "|").split("|")
    if phrase.strip()
)
_MISSED: Final = re.compile(
    r"missed (?:group )?(?:voice |video )?call|verpasster (?:gruppen|sprach|video)?anruf"
    r"|verpasster (?:sprach|video)-?gruppenanruf|appel (?:vocal |vidéo )?manqué"
    r"|(?:video)?llamada (?:de voz |grupal )?perdida|(?:video)?chiamata (?:vocale )?persa"
    r"|gemiste (?:spraak|video-?|groeps)?oproep|(?:video)?chamada (?:de voz |de vídeo )?perdida"
    r"|nieodebrane połączenie|пропущенный (?:аудио|видео)?звонок"
    r"|cevapsız (?:sesli|görüntülü)? ?arama"
    r"|apel (?:vocal|video) (?:nepreluat|pierdut)|مكالمة (?:صوتية |فيديو )?(?:فائتة|لم يرد عليها)"
    r"|不在着信|未接(?:语音|語音|视频|視訊)(?:通话|通話)|부재중 (?:음성|영상) ?통화"
)
_OMITTED: Final = re.compile(
    r"omitted|weggelassen|ausgelassen|ausgeschlossen|absente?|omise?s?|manquante?|omitid[oa]"
    r"|omess[oa]|non inclus[oa]|weggelaten|لم يتم إدراج|عدم إدراج|ocultad[oa]|pominięt\w+"
    r"|utelämna\w*|udelad\w*|utelat\w*|пропущен\w*|опущен\w*|dahil edilmedi|省略|已略去|생략"
)
_EDITED: Final = re.compile(
    r"edited|bearbeitet|modifié|editó|editado|editada|modificato|bewerkt|edytowan\w+|изменено"
    r"|düzenlendi|editat|تعديل|redigera\w*|redigeret|redigert|編集|编辑|編輯|수정"
)
_ENCRYPTION: Final = re.compile(
    r"end-to-end|ende-zu-ende|bout en bout|extremo a extremo|ponta a ponta|end to end|сквозн"
    r"|uçtan uca|całkowicie|capăt la capăt|الطرفين|التشفير|エンドツーエンド|端到端|端對端|종단간"
)
_NOTICE: Final = re.compile(
    r"security code|sicherheitsnummer|code de sécurité|código de segur|codice di sicurezza"
    r"|beveiligingscode|kod bezpieczeństwa|код безопасности|güvenlik kodu|رمز الأمان|رمز الحماية"
    r"|changed their phone number|changed to a new number|disappearing messages"
    r"|created (?:this )?group|changed (?:the|this) (?:subject|group)|changed this group"
    r"|^you were added|^you're now an admin|joined using this group"
    r"|^(?:you|.{1,40}) (?:added|removed) (?:you|.{1,40})\.?$|^.{1,40} left\.?$"
    r"|blocked this contact|unblocked this contact|business account"
)
_FILE_IN_BRACKETS: Final = re.compile(rf"<[^<>:\d]{{1,30}}:\s?(?P<file>[^<>]+)>[{MARKS}\s]*$")
_FILE_ATTACHED: Final = re.compile(
    rf"[{MARKS}]*(?P<file>[^\n<>()]*[^\s()]\.\w{{2,5}}) \((?P<how>[^()\n]{{3,40}})\)(?=\n|$)"
)
_WA_NAME: Final = re.compile(r"[A-Z]{2,5}-\d{8}-WA\d{3,5}\.\w{2,5}")
_ATTACHED: Final = re.compile(
    r"file attached|datei angehängt|fichier joint|archivo adjunto|file allegato|arquivo anexado"
    r"|ficheiro anexado|bestand bijgevoegd|plik załączony|załączono plik|файл добавлен|dosya ekli"
    r"|fișier atașat|ملف مرفق|الملف مرفق|bifogad fil|vedhæftet fil|liitetty tiedosto|文件附件"
    r"|ファイル添付|파일 첨부|फ़ाइल संलग्न"
)
_PLACEHOLDER: Final = re.compile(rf"[{MARKS}]*<(?P<words>[^<>\n]{{3,60}})>[{MARKS}]*(?=\n|$)")
_MARKED_TAIL: Final = re.compile(rf"(?:^|(?<=\s))[{MARKS}]+(?P<words>[^\n{MARKS}]{{3,60}})$")
_EDITED_TAIL: Final = re.compile(rf"\s*[{MARKS}]*<(?P<words>[^<>\n]{{3,60}})>[{MARKS}\s]*$")


class Content(NamedTuple):
    """What a message holds once WhatsApp's own words are taken off."""

    text: str | None
    media_ref: str | None = None
    state: str = "intact"
    outcome: str | None = None
    note: str = ""


def is_notice(body: str, *, is_lone_voice: bool) -> bool:
    """Tell whether the service wrote this line although a name stands before it.

    iOS prints notices under the name of the chat, with a direction mark before them.
    is_lone_voice: the name says nothing else in the whole file.
    """
    words = plain(body).casefold()
    if not (starts_with_mark(body) or is_lone_voice):
        return False
    if _ENCRYPTION.search(words) and ("whatsapp" in words or starts_with_mark(body)):
        return True
    return starts_with_mark(body) and _NOTICE.search(words) is not None


def is_known_notice(rest: str) -> bool:
    """Tell whether a line without a name is one of the notices known by their words."""
    words = plain(rest).casefold()
    return bool(_ENCRYPTION.search(words) or _NOTICE.search(words))


def content_of(body: str, *, has_lead_mark: bool) -> Content:
    """Take WhatsApp's own words off a message's text.

    has_lead_mark: the line began with a direction mark, as iOS lines with a file do.
    """
    words = plain(body.partition("\n")[0]).rstrip(".").casefold()
    if words in _DELETED:
        return Content(None, state="deleted", note=f"the service prints: {plain(body)}")
    if "\n" not in body and _is_missed_call(words, is_marked=starts_with_mark(body)):
        return Content(None, outcome="missed", note=f"the service prints: {plain(body)}")
    return (
        _media(body, has_lead_mark) or _edited(body) or Content(body.lstrip("\u200e\u200f") or None)
    )


def _is_missed_call(words: str, *, is_marked: bool) -> bool:
    """On iOS more words may follow the comma ("Tap to call back"); elsewhere nothing may."""
    match = _MISSED.match(words)
    if match is None:
        return False
    rest = words[match.end() :]
    return not rest or (is_marked and rest.startswith((",", ".", "،")))


def _is_attachment(match: re.Match[str], *, is_marked: bool) -> bool:
    """A person may write "see plan.pdf (final)": without a mark, name or words must be known."""
    how = match["how"].casefold()
    return is_marked or bool(_WA_NAME.fullmatch(match["file"]) or _ATTACHED.fullmatch(how))


def _is_placeholder(words: str) -> bool:
    """Known words, or in a language not known here: several words, and no markup."""
    if _OMITTED.search(words.casefold()):
        return True
    if _EDITED.search(words.casefold()):
        return False
    return " " in words and not any(c in words for c in "=/\"'")


def _media(body: str, has_lead_mark: bool) -> Content | None:
    if match := _FILE_IN_BRACKETS.search(body):
        return Content(plain(body[: match.start()]) or None, plain(match["file"]))
    match = _FILE_ATTACHED.match(body)
    if match and _is_attachment(match, is_marked=starts_with_mark(body)):
        return Content(_caption(body[match.end() :]), plain(match["file"]))
    match = _PLACEHOLDER.match(body)
    if match and _is_placeholder(match["words"]):
        return Content(_caption(body[match.end() :]), plain(match["words"]))
    match = _MARKED_TAIL.search(body)
    if match and (has_lead_mark or _OMITTED.search(match["words"].casefold())):
        return Content(plain(body[: match.start()]) or None, plain(match["words"]))
    words = plain(body)
    if len(words) < 40 and _OMITTED.search(words.casefold()) and starts_with_mark(body):
        return Content(None, words)
    return None


def _edited(body: str) -> Content | None:
    match = _EDITED_TAIL.search(body)
    if match and match.start() and _EDITED.search(match["words"].casefold()):
        return Content(body[: match.start()], state="edited")
    return None


def _caption(rest: str) -> str | None:
    return rest.strip("\n") or None
