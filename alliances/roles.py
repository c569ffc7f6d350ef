"""What each role may do. The database stores the short values; this table gives them meaning.

Some of it waits: the national team reads what an alliance has logged only while one of them has
opened that alliance's work, with a reason and for some days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices


class Permission(StrEnum):
    SEE_PROGRAMME = "see the programme and its alliances"
    SEE_CLUSTER = "see a cluster side by side"
    READ_ACROSS = "read the figures of a programme's alliances side by side, small ones too"
    SEE_ALLIANCE = "see an alliance, its focus and its schools"
    OPEN_ALLIANCE = "open an alliance's work for some days, with a reason"
    SEE_OPENINGS = "see who opened an alliance's work, when, why and until when"
    READ_ENQUIRY = "read what an alliance has logged"
    BEGIN_ENQUIRY = "begin another enquiry of an alliance"
    WRITE_ENQUIRY = "log entries, measures and readings"
    SEE_SMALL_NUMBERS = "see figures that rest on very few pupils"
    HOLD_MATCHED = "hold and delete matched scores of single people"
    WRITE_GROUP_FORMS = "fill in the group's forms"
    REPORT_PROGRESS = "answer the questionnaires about an alliance's progress"
    SEE_JUDGEMENT = "see what a facilitator keeps to themselves"
    WRITE_JUDGEMENT = "write down a facilitator's judgement"
    AGREE_JUDGEMENT = "read and agree to what a facilitator shares"
    COMMENT = "comment on what an alliance has logged"
    ASK_FOR_CHANGE = "ask for a change, and accept it"
    OPEN_GATES = "set a deadline and let a group through a gate with a reason"
    ANSWER_HELP = "answer a request for help"
    SEE_MEETINGS = "read what the cluster said at its meetings"
    HOLD_MEETINGS = "hold the cluster's meetings and its check-in calls"
    MANAGE_PEOPLE = "invite people, change and end their roles"
    SET_TERMS = "set the term dates of a programme"
    SET_FIGURES = "set from how many pupils and schools on figures are shown"
    SIGN_CLAIMS = "sign off for an alliance what it claims to have changed"
    AFFIRM_FINDINGS = "say whether a finding of the programme is so"
    WORD_FINDINGS = "word a programme's findings and put them to those who took part"
    MANAGE_SCHOOLS = "record schools that join and leave, and the alliance's designation"
    PLACE_ALLIANCES = "give an alliance its theme, cohort, region and cluster"
    ASK_CASE_STUDY = "ask for a case study"
    ASK_NATIONAL_REPORT = "ask for a national report"
    EDIT_REPORTS = "write and arrange the reports on themes and on the programme"
    SELECT_CASE_STUDIES = "choose which case studies are published, and publish them"
    SUPPORT = "see what state people's accounts, e-mails and reports are in, and set them going"


class Scope(StrEnum):
    """What a role is held over; the names are those of Assignment's fields."""

    PROGRAMME = "programme"
    CLUSTER = "cluster"
    ALLIANCE = "alliance"
    SCHOOL = "school"


class Role(TextChoices):
    PROJECT_LEAD = "project-lead", "Project lead"
    HEADTEACHER = "headteacher", "Headteacher"
    SCHOOL_LEAD = "school-lead", "School lead"
    TEACHER = "teacher", "Teacher taking part"
    FACILITATOR = "facilitator", "External facilitator"
    NATIONAL_TEAM = "national-team", "National team"
    NCTL = "nctl", "Agency staff"
    HEI_PARTNER = "hei-partner", "University partner"
    SUPPORT = "support", "Support staff"


@dataclass(frozen=True)
class Rule:
    """Where a role is held, and what it allows there: always, and in what its holder has opened.

    One that is lent has a last day from the beginning.
    """

    scope: Scope
    standing: frozenset[Permission]
    on_opening: frozenset[Permission] = frozenset()
    is_lent: bool = False

    def allowed(self, *, is_open: bool) -> frozenset[Permission]:
        """What it allows over an alliance that its holder has opened, or has not."""
        return self.standing | self.on_opening if is_open else self.standing


def _rule(
    scope: Scope,
    *standing: Permission,
    on_opening: Iterable[Permission] = (),
    is_lent: bool = False,
) -> Rule:
    return Rule(scope, frozenset(standing), frozenset(on_opening), is_lent)


_P = Permission

RULES: dict[Role, Rule] = {
    Role.PROJECT_LEAD: _rule(
        Scope.ALLIANCE,
        _P.SEE_ALLIANCE,
        _P.SEE_OPENINGS,
        _P.READ_ENQUIRY,
        _P.SEE_MEETINGS,
        _P.BEGIN_ENQUIRY,
        _P.WRITE_ENQUIRY,
        _P.WRITE_GROUP_FORMS,
        _P.REPORT_PROGRESS,
        _P.SEE_SMALL_NUMBERS,
        _P.HOLD_MATCHED,
        _P.MANAGE_PEOPLE,
        _P.MANAGE_SCHOOLS,
        _P.ASK_CASE_STUDY,
        _P.AGREE_JUDGEMENT,
        _P.SIGN_CLAIMS,
        _P.COMMENT,
        _P.AFFIRM_FINDINGS,
    ),
    Role.SCHOOL_LEAD: _rule(
        Scope.SCHOOL,
        _P.SEE_ALLIANCE,
        _P.SEE_OPENINGS,
        _P.READ_ENQUIRY,
        _P.SEE_MEETINGS,
        _P.WRITE_ENQUIRY,
        _P.WRITE_GROUP_FORMS,
        _P.SEE_SMALL_NUMBERS,
        _P.HOLD_MATCHED,
        _P.COMMENT,
        _P.AFFIRM_FINDINGS,
    ),
    Role.HEADTEACHER: _rule(
        Scope.SCHOOL, _P.SEE_ALLIANCE, _P.SEE_OPENINGS, _P.AFFIRM_FINDINGS, _P.ASK_CASE_STUDY
    ),
    Role.TEACHER: _rule(
        Scope.SCHOOL,
        _P.SEE_ALLIANCE,
        _P.SEE_OPENINGS,
        _P.READ_ENQUIRY,
        _P.SEE_MEETINGS,
        _P.WRITE_ENQUIRY,
        _P.COMMENT,
        _P.AFFIRM_FINDINGS,
    ),
    Role.FACILITATOR: _rule(
        Scope.CLUSTER,
        _P.SEE_CLUSTER,
        _P.SEE_ALLIANCE,
        _P.SEE_OPENINGS,
        _P.READ_ENQUIRY,
        _P.SEE_MEETINGS,
        _P.WRITE_GROUP_FORMS,
        _P.SEE_JUDGEMENT,
        _P.WRITE_JUDGEMENT,
        _P.OPEN_GATES,
        _P.ANSWER_HELP,
        _P.HOLD_MEETINGS,
        _P.ASK_CASE_STUDY,
        _P.COMMENT,
        _P.ASK_FOR_CHANGE,
        _P.AFFIRM_FINDINGS,
    ),
    Role.NATIONAL_TEAM: _rule(
        Scope.PROGRAMME,
        _P.SEE_PROGRAMME,
        _P.SEE_CLUSTER,
        _P.READ_ACROSS,
        _P.SEE_ALLIANCE,
        _P.SEE_OPENINGS,
        _P.OPEN_ALLIANCE,
        _P.MANAGE_PEOPLE,
        _P.SET_TERMS,
        _P.SET_FIGURES,
        _P.MANAGE_SCHOOLS,
        _P.PLACE_ALLIANCES,
        _P.ASK_NATIONAL_REPORT,
        _P.WORD_FINDINGS,
        _P.EDIT_REPORTS,
        _P.SELECT_CASE_STUDIES,
        on_opening=(
            _P.READ_ENQUIRY,
            _P.ASK_CASE_STUDY,
            _P.SEE_MEETINGS,
            _P.COMMENT,
            _P.ASK_FOR_CHANGE,
        ),
    ),
    Role.NCTL: _rule(
        Scope.PROGRAMME,
        _P.SEE_PROGRAMME,
        _P.SEE_ALLIANCE,
        _P.ASK_NATIONAL_REPORT,
    ),
    Role.HEI_PARTNER: _rule(Scope.ALLIANCE, _P.SEE_ALLIANCE, _P.SEE_OPENINGS, _P.AFFIRM_FINDINGS),
    Role.SUPPORT: _rule(Scope.PROGRAMME, _P.SUPPORT, is_lent=True),
}


def roles_granting(*permissions: Permission, on_opening: bool = False) -> list[Role]:
    """The roles that allow one of these, in the order of the table.

    Always, or with ``on_opening`` only over what their holder has opened.
    """
    wanted = set(permissions)
    return [
        role
        for role, rule in RULES.items()
        if wanted & (rule.on_opening if on_opening else rule.standing)
    ]
