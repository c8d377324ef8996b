"""The anomalies of the five real documents (domain.md §6.5), each by the name of its check at its line; and that a sound
document has none of them.
"""

import pytest

from roadmap.document_checks import Known
from roadmap.reading import blocks_from_file, read_document
from roadmap.table_files import blocks_from_text
from roadmap.tests.test_reading import lines
from roadmap.word_breaks import agree

KINDERGARTEN, SCHOOL = Known("Заведующий"), Known("Директор")
OWN = {"001": ["МБУ ДО «ЦВР» НГО"], "003": ["МКОУ СОШ № 10"], "004": ["МАДОУ д/с «Матпаадыр»"]}
ANOMALIES = {
    "000": {
        "odd_space": [0],  # «2023– 2024»
        "deadline_shared": [8],  # dates once for a stage
        "blank_line": [18],  # the row of stage 4 is followed by an empty line
    },
    "001": {
        "stage_order": [22, 25, 33],  # stages 4, 5 and 3 begin before those above them
        "pairs_before_registry": [33],
        "outside_period": [35, 36],
        "far_from_stage": [51],  # 7.5, a year early
        "no_responsible": [17],  # 1.6
        "disagreement": [26],  # «Методическая совет»
        "spelling_varies": [10],  # «МБУ ДО», «МБУДО»
        "heading_styles": [18],  # «1й», «2-й», «7-этап»
        "whole_period": [38],  # stage 6
    },
    "002": {
        "no_dates": [0],
        "no_validity": [0],  # approved on 27 April 2022, for which years is not said
        "glued_name": [10],  # «Н.Н.Винтенкова»
    },
    "003": {
        "deadline_doubtful": [12],  # «20213 года»
        "other_years": [32, 32],  # 2022-2023, 2021-2022
        "misprint": [19],  # «класные»
        "unclosed": [8, 23],  # «О внедрении…
        "torn_title": [0],
        "no_curator": [0],
        "spelling_varies": [16, 30],  # «Директор» and «директор»
        "torn": [16, 26],
    },
    "004": {
        "foreign_name": [21, 31],  # «Сказка», «Матнаадыр»
        "glued_year": [5],  # «от 29 августа 2023г»
        "several_periods": [23],
        "annex_absent": [18],  # annex 3
        "curator_not_appointed": [3],
        "indicator_of_district": [25],
        "initials_alone": [35],  # «А.О.»
        "numbering": [316],  # no section 3
        "other_years": [322],  # «2023–2043»
        "misprint": [325, 329],  # «сороками», «В течении»
        "torn": [310, 317, 334],  # 2.3, 4.1, 7.2
        "office_item": [317, 329, 339],  # 4.1, 6.2, 7.5
        "pupils": [326, 334],
        "pupils_method": [347],
        "other_head": [409],  # «к директору»
        "unnumbered": [389],  # after 2.2.2
    },
}
# What else the checks say of the documents beyond the dossier's list; anything more would be noise.
ALSO = {
    "001": {"deadline_doubtful", "pupils"},
    "002": {"blank_line"},
    "004": {"ignored_table", "stage_order", "spelling_varies"},
}


@pytest.mark.parametrize("seed", ANOMALIES)
def test_every_anomaly_of_a_real_document_is_named_at_its_line(seeds, seed):
    reading = read_document(
        blocks_from_file(next(seeds.glob(f"{seed}_*.txt"))),
        school_year=2023,
        own_names=OWN.get(seed, ()),
        known=SCHOOL if seed in ("001", "003") else KINDERGARTEN,
    )

    found = {code: [each.row for each in reading.remarks if each.code == code] for code in ANOMALIES[seed]}

    assert found == ANOMALIES[seed]
    assert {each.code for each in reading.remarks} - set(found) == ALSO.get(seed, set())
    assert all(str(each.text).strip() for each in reading.remarks)


SOUND = """
УТВЕРЖДАЮ
Директор МБОУ СОШ № 5
И.И. Осина
01.09.2024
Дорожная карта наставничества педагогических работников на 2024–2025 учебный год
№ | Мероприятие | Срок | Ответственный | Результат
1 этап. Подготовка | | | |
1 | Назначить куратора | сентябрь 2024 г. | Директор | Приказ
2 | Провести опрос педагогов | до 1 октября 2024 г. | Методический совет | Справка
2 этап. Работа | | | |
1 | Встречи пар | в течение года | Куратор, наставники | Журнал
2 | Обучающие занятия наставников | март 2025 г. | Куратор, УО | План занятий
"""


def test_a_sound_document_has_no_remark():
    reading = read_document(blocks_from_text(lines(SOUND)), own_names=["МБОУ СОШ № 5"], known=SCHOOL)

    assert [(each.row, each.code, str(each.text)) for each in reading.remarks] == []


def test_what_an_office_does_is_its_own_work_in_its_own_plan():
    text = lines(SOUND.replace("Куратор, УО", "УО"))

    def found(known):
        return [each.code for each in read_document(blocks_from_text(text), own_names=["№ 5"], known=known).remarks]

    assert (found(SCHOOL), found(Known("Директор", is_office=True))) == (["office_item"], [])


def test_a_row_that_a_person_has_joined_is_no_anomaly():
    head = "Дорожная карта на 2024-2025 учебный год\n№ | Мероприятие | Срок | Ответственный\n"
    text = lines(f"{head}1 | Приказ о | май | Куратор\n | парах | | ")

    def torn(**values):
        return [each.row for each in read_document(blocks_from_text(text), **values).remarks if each.code == "torn"]

    assert torn() == [3]
    assert torn(decisions={4: "join"}) == []


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("методическая совет", False),
        ("методический совет", True),
        ("методическая служба", True),
        ("классные руководители", True),
        ("социальный педагог", True),
        ("рабочая группа", True),
        ("директор школы", True),
        ("школьная психолог", True),
    ],
)
def test_adjectives_agree_with_their_nouns(words, right):
    assert agree(*words.split()) is right
