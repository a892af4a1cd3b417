"""The words of the form of a listing: its parts, the ways of checking, faults, opening hours read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from service.desk.editing.hours import HOLIDAYS, WHOLE_DAY, DayHours, Exception_, Hours
from service.desk.editing.hours_sent import BY_APPOINTMENT, DATE, YEARLY
from service.i18n import formats
from service.i18n.labels import field_label
from service.i18n.locales import LOCALES
from service.i18n.messages import N_, translator
from service.model.fields import fields

PARTS: Mapping[str, str] = {
    "when": N_("When"),
    "where": N_("Where"),
    "how": N_("How to reach them"),
    "bring": N_("What to bring"),
    "who": N_("Who it is for"),
    "languages": N_("Languages"),
    "price": N_("Price"),
    "eight": N_("How easy is it to use?"),
    "text": N_("Name and text"),
}
WAYS: Mapping[str, str] = {
    "phone": N_("Called"),
    "visit": N_("Went there"),
    "mail": N_("Asked by mail"),
    "website": N_("Read on their website"),
}
_FAULTS: Mapping[str, str] = {
    "phone": N_("This is not a phone number. It looks like +32 2 512 34 56."),
    "email": N_("This is not an e-mail address. It looks like name@example.be."),
    "url": N_("This is not a web address. It begins with https://"),
    "postal_code": N_("This is not a postal code. It looks like 1080."),
    "nis": N_("We know no municipality by this name."),
    "amount": N_("This is not an amount. It looks like 12 or 12,50."),
    "date": N_("This is not a day. It looks like 2026-08-13."),
    "point": N_("This is no point. It looks like 50.8466, 4.3528."),
    "opening_hours": N_(
        "In the rows that are marked, times or days are not right. They look like 9:00 to 12:30."
    ),
}
_NUMBER = N_("Only a whole number can stand here.")
_OTHERWISE = N_("This cannot be kept like this. It may be too long.")
_DAYS: Mapping[str, str] = {
    "PH": N_("Every public holiday"),
    "easter": N_("Easter Sunday"),
    "easter +1 day": N_("Easter Monday"),
    "easter +39 days": N_("Ascension Day"),
    "easter +49 days": N_("Pentecost"),
    "easter +50 days": N_("Pentecost Monday"),
}


def part_title(code: str, lang: str) -> str:
    """The title of a part of the form."""
    return translator(lang).gettext(PARTS[code]) if code in PARTS else field_label("service.needs", lang)


def fault_words(path: str, lang: str) -> str:
    """What is wrong with the text of a field, and what would be right."""
    kind = fields()[path].type.partition(":")[0]
    number = kind in ("age", "days", "count")
    return translator(lang).gettext(_NUMBER if number else _FAULTS.get(kind, _OTHERWISE))


def label_of(key: str, lang: str) -> str:
    """The label of a field, with the language of a text."""
    path, _, language = key.partition("@")
    label = field_label(path, lang)
    return f"{label} ({LOCALES[lang].cldr.languages.get(language, language)})" if language else label


def kinds_of_days(lang: str) -> list[tuple[str, str]]:
    """What an exception can be about."""
    t = translator(lang)
    own = [
        ("", "–"),
        (DATE, t.gettext("A day or some days")),
        (YEARLY, t.gettext("Every year on %(days)s", days="…")),
    ]
    return own + [(code, t.gettext(_DAYS[code])) for code in HOLIDAYS]


def day_names(lang: str) -> list[str]:
    """The days of the week from Monday."""
    names = LOCALES[lang].cldr.days["stand-alone"]["wide"]
    return [str(names[number]) for number in range(7)]


def read_back(hours: Hours, lang: str) -> list[str]:
    """Opening hours in words, a line for days that are alike, then the exceptions."""
    t = translator(lang)
    lines = [f"{days}: {_times(day, lang)}" for days, day in _runs(hours, lang)]
    lines += [f"{_days_of(each, lang)}: {_times(each.hours, lang)}" for each in hours.exceptions]
    if hours.otherwise:
        shown = t.gettext("by appointment") if hours.otherwise == BY_APPOINTMENT else hours.otherwise
        lines.append(t.gettext("At other times: %(how)s", how=shown))
    return lines


def _runs(hours: Hours, lang: str) -> Iterator[tuple[str, DayHours]]:
    """Neighbouring days with the same hours, by name."""
    t, names, first = translator(lang), day_names(lang), 0
    for last in range(7):
        if last < 6 and hours.week[last + 1] == hours.week[first]:
            continue
        days = names[first]
        if last > first:
            days = t.gettext("%(start)s to %(end)s", start=names[first], end=names[last])
        yield days, hours.week[first]
        first = last + 1


def _times(day: DayHours, lang: str) -> str:
    t = translator(lang)
    if day.spans == (WHOLE_DAY,):
        text = t.gettext("day and night")
    elif day.spans:
        each = [t.gettext("%(start)s to %(end)s", start=start, end=end) for start, end in day.spans]
        text = formats.joined(each, lang)
    else:
        text = t.gettext("closed")
    return f"{text} ({day.note})" if day.note else text


def _days_of(each: Exception_, lang: str) -> str:
    t = translator(lang)
    if each.holiday:
        return t.gettext(_DAYS[each.holiday])
    assert each.first is not None
    last = each.last or each.first
    if each.yearly:
        days = _yearly(each.first, last, lang)
        return t.gettext("Every year on %(days)s", days=days)
    if last == each.first:
        return formats.day(each.first, lang)
    return t.gettext("%(start)s to %(end)s", start=formats.day(each.first, lang), end=formats.day(last, lang))


def _yearly(first: date, last: date, lang: str) -> str:
    shown = [f"{day.day}/{day.month}" for day in (first, last)]
    if last - first < timedelta(days=1):
        return shown[0]
    return translator(lang).gettext("%(start)s to %(end)s", start=shown[0], end=shown[1])
