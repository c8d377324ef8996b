"""What the papers about an approved order print: extract, certified copy."""

from documents.paper_texts import held_together
from documents.wording import position_in, short_date


def order_extract_content(subject, values, day):
    """Chosen points of an order, certified."""
    order, organization = subject.order, subject.organization
    frozen = order.paper.content
    return {
        "letterhead": frozen["letterhead"],
        "sheet": frozen.get("layout"),
        "place": frozen["place"],
        "date": frozen["date"],
        "number": frozen["number"],
        "has_number": True,
        "heading": frozen["title"],
        "ground": frozen["ground"],
        "points": with_leads(frozen["points"], values["points"]),
        "signatures": [{**frozen["signature"], "role": ""}],
        "certified": _certified(values["certified_by"], organization, day),
        "is_signed_already": True,
    }


def order_copy_content(subject, values, day):
    """The order as it was filed, certified."""
    organization = subject.organization
    certified = _certified(values["certified_by"], organization, day)
    kept_at = (values.get("kept_at") or "").strip().rstrip(".")
    certified["kept_at"] = held_together(f"Подлинник документа находится {kept_at}.") if kept_at else ""
    # Who has read the original and signed for it stands on the original alone.
    return {"order": {**subject.order.paper.content, "named": []}, "certified": certified}


def with_leads(points, places):
    """The chosen points, each «2.1.» after the words that it goes on from: «2. Утвердить:». The last ends the sentence."""
    leads = {point["number"]: place for place, point in enumerate(points) if point["text"].endswith(":")}
    chosen = set(places)
    for place in places:
        above = points[place]["number"].rstrip(".").rpartition(".")[0]
        while above:
            chosen |= {leads[f"{above}."]} if f"{above}." in leads else set()
            above = above.rpartition(".")[0]
    kept = [points[place] for place in sorted(chosen)]
    if kept and kept[-1]["text"].endswith(";"):  # in the order others followed it
        kept[-1] = {**kept[-1], "text": kept[-1]["text"][:-1] + "."}
    return kept


def _certified(person, organization, day):
    return {
        "position": position_in(person, "nominative"),
        "name": person.signature_for(organization),
        "date": short_date(day),
    }
