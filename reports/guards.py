"""What each address takes, by method. tests/access walks it: with everybody, and every method.

A permission stands alone or with others of which one is enough. What it is held over is the
address's own: its alliance, its cluster, its programme. docs/access.md is drawn from this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alliances.roles import Permission

P = Permission


class Over(StrEnum):
    """What a permission has to be held over; and what those get who do not hold it."""

    ALLIANCE = "its alliance"
    AROUND = "an alliance of its cluster, or the cluster"
    CLUSTER = "its cluster"
    PROGRAMME = "its programme"
    ANY = "any alliance of its programme"
    SUPPORTED = "a programme of whom or what it is about"


class Rule(StrEnum):
    """What an address takes where that is no permission."""

    ANYBODY = "nothing: anybody, signed in or not"
    SIGNED_IN = "to be signed in; each sees what they may see"
    ACCOUNT = "to be signed in; it is about one's own account"
    UNDER_WAY = "to be signing in: the first step is done"
    INVITED = "the secret link, and to be the one invited"
    LINK = "the secret link of an e-mail"
    BEARER = "the token of METRICS_TOKEN; without it there is no such page"
    OWN_ROLE = "MANAGE_PEOPLE over its alliance; of one's own role, nothing more"
    OPENER = "to have opened it oneself"
    FORM = "what its form asks of who reads it or fills it in: see the table of the forms"
    UPLOAD = (
        "WRITE_ENQUIRY; for readings also SEE_SMALL_NUMBERS, for matched scores HOLD_MATCHED; "
        "for alliances PLACE_ALLIANCES over their programme"
    )
    GATE = "WRITE_GROUP_FORMS over its alliance; OPEN_GATES where something is missing"
    REPORT = "what its kind of report asks"
    PROGRAM = "a token; of what its owner may see"
    DOER = (
        "what the act itself asks; where it ended a role or worded a passage, to have done it "
        "oneself within the hour"
    )
    ASKED = "to have asked for it oneself"
    STEP = "what the step asks: SIGN_CLAIMS, ASK_FOR_CHANGE or SELECT_CASE_STUDIES"
    RELEASED = "READ_ENQUIRY over its alliance; of what is signed off also SELECT_CASE_STUDIES"


@dataclass(frozen=True)
class Held:
    """One of these permissions, over what the address is about; of programs, by a token."""

    over: Over
    permissions: tuple[P, ...]
    by_token: bool = False


Guard = Held | Rule
Guards = Mapping[str, Guard]


def _over(over: Over, *, get: P | None = None, post: P | None = None) -> Guards:
    wanted = {"GET": get, "POST": post}
    return {method: Held(over, (one,)) for method, one in wanted.items() if one}


def _alliance(*, get: P | None = None, post: P | None = None) -> Guards:
    return _over(Over.ALLIANCE, get=get, post=post)


def _programme(*, get: P | None = None, post: P | None = None) -> Guards:
    return _over(Over.PROGRAMME, get=get, post=post)


def _form(over: Over, permission: P) -> Guards:
    return _over(over, get=permission, post=permission)


def _token(*permissions: P) -> Guards:
    return {"GET": Held(Over.ALLIANCE, permissions, by_token=True)}


def _rule(rule: Rule, methods: str = "GET POST") -> Guards:
    return dict.fromkeys(methods.split(), rule)


def _each(names: str, guards: Guards) -> dict[str, Guards]:
    return dict.fromkeys(names.split(), guards)


GUARDS: dict[str, Guards] = {
    # of an alliance
    **_each("alliance people", _alliance(get=P.SEE_ALLIANCE)),
    **_each(
        "invite role-change hand-over invitation-withdraw", _form(Over.ALLIANCE, P.MANAGE_PEOPLE)
    ),
    **_each("invitation-again", _alliance(post=P.MANAGE_PEOPLE)),
    **_each("assignment-end", _rule(Rule.OWN_ROLE)),
    **_each(
        "alliance-edit school-join school-leave designation-new",
        _form(Over.ALLIANCE, P.MANAGE_SCHOOLS),
    ),
    **_each("enquiry-new", _form(Over.ALLIANCE, P.BEGIN_ENQUIRY)),
    **_each("schools", {"GET": Held(Over.ALLIANCE, (P.READ_ENQUIRY, P.MANAGE_SCHOOLS))}),
    **_each("alliance-open", _form(Over.ALLIANCE, P.OPEN_ALLIANCE)),
    **_each("opening-end", _rule(Rule.OPENER, "POST")),
    # what it logs
    **_each(
        "enquiry timeline measures measure claims claim account maturity toolkit handover "
        "handover-pdf leadership-log sheets guide progress overview overview-pdf visit visit-pdf "
        "evidence threads matched-sets matched-set measures-file alliance-history quoted",
        _alliance(get=P.READ_ENQUIRY),
    ),
    **_each("neighbours", _alliance(post=P.READ_ENQUIRY)),
    **_each(
        "enquiry-edit cycle-new upload-of-measure upload-of-enquiry",
        _form(Over.ALLIANCE, P.WRITE_ENQUIRY),
    ),
    **_each("template-of-measure template-of-enquiry", _alliance(get=P.WRITE_ENQUIRY)),
    **_each("case-study-begin", _alliance(post=P.WRITE_ENQUIRY)),
    **_each(
        "matched-new matched-upload matched-extend matched-delete",
        _form(Over.ALLIANCE, P.HOLD_MATCHED),
    ),
    **_each("matched-template", _alliance(get=P.HOLD_MATCHED)),
    **_each(
        "sheet sheet-record sheet-of-school sheet-of-meeting sheet-withdraw comment "
        "evidence-new evidence-remove",
        _rule(Rule.FORM),
    ),
    **_each(
        "sheet-new sheet-history form-print form-print-pdf evidence-file evidence-thumbnail",
        _rule(Rule.FORM, "GET"),
    ),
    **_each("sheet-restore sheet-bring-back", _rule(Rule.FORM, "POST")),
    **_each("upload", _rule(Rule.UPLOAD, "GET")),
    **_each("upload-confirm upload-drop", _rule(Rule.UPLOAD, "POST")),
    **_each("thread", _alliance(get=P.READ_ENQUIRY, post=P.COMMENT)),
    **_each("thread-resolve", _alliance(post=P.COMMENT)),
    **_each("claim-sign-off", _alliance(post=P.SIGN_CLAIMS)),
    **_each("help-answer", _form(Over.ALLIANCE, P.ANSWER_HELP)),
    **_each("judgement-share", _form(Over.ALLIANCE, P.WRITE_JUDGEMENT)),
    **_each("deadline", _form(Over.ALLIANCE, P.OPEN_GATES)),
    **_each("judgement-agree", _form(Over.ALLIANCE, P.AGREE_JUDGEMENT)),
    **_each("gate", {**_alliance(get=P.READ_ENQUIRY), "POST": Rule.GATE}),
    # its case study and its reports
    **_each("case-study case-study-read case-study-pdf", _rule(Rule.RELEASED, "GET")),
    **_each("case-study-step", _rule(Rule.STEP)),
    **_each("alliance-reports", _alliance(get=P.ASK_CASE_STUDY)),
    **_each("enquiry-report-ask report-retry", _rule(Rule.REPORT, "POST")),
    **_each(
        "report report-read report-file report-format report-changes report-paper",
        _rule(Rule.REPORT, "GET"),
    ),
    **_each("report-correct", _rule(Rule.REPORT)),
    **_each("report-cancel", _rule(Rule.ASKED, "POST")),
    # of a cluster
    **_each("cluster", _over(Over.CLUSTER, get=P.SEE_CLUSTER)),
    **_each("cluster-summary-ask", _over(Over.CLUSTER, post=P.SEE_CLUSTER)),
    **_each("meetings meeting minutes minutes-pdf", _over(Over.AROUND, get=P.SEE_MEETINGS)),
    **_each("meeting-new meeting-edit", _form(Over.AROUND, P.HOLD_MEETINGS)),
    **_each("meeting-close minutes-send", _over(Over.AROUND, post=P.HOLD_MEETINGS)),
    # of a programme
    **_each(
        "programme programme-clusters programme-together programme-register coverage terms figures",
        _programme(get=P.SEE_PROGRAMME),
    ),
    **_each("programme-progress", _programme(get=P.READ_ACROSS)),
    **_each("bring-in", _form(Over.PROGRAMME, P.PLACE_ALLIANCES)),
    **_each("programme-alliances alliances-chosen", _programme(get=P.PLACE_ALLIANCES)),
    **_each("alliances-place", _programme(post=P.PLACE_ALLIANCES)),
    **_each("alliances-invite alliances-invite-again", _programme(post=P.MANAGE_PEOPLE)),
    **_each("alliances-message", _form(Over.PROGRAMME, P.MANAGE_PEOPLE)),
    **_each("undo", _rule(Rule.DOER, "POST")),
    **_each("bring-in-template", _programme(get=P.PLACE_ALLIANCES)),
    **_each("terms-set", _form(Over.PROGRAMME, P.SET_TERMS)),
    **_each("figures-set", _form(Over.PROGRAMME, P.SET_FIGURES)),
    **_each("programme-mail programme-history", _programme(get=P.MANAGE_PEOPLE)),
    **_each("erasure", _form(Over.PROGRAMME, P.MANAGE_PEOPLE)),
    **_each("programme-case-studies", _programme(get=P.SELECT_CASE_STUDIES)),
    **_each("national-ask", _programme(post=P.ASK_NATIONAL_REPORT)),
    **_each(
        "programme-editions edition choices programme-quoted",
        _programme(get=P.EDIT_REPORTS),
    ),
    **_each("edition-begin edition-issue passage-move", _programme(post=P.EDIT_REPORTS)),
    **_each(
        "edition-title edition-preview passage-new passage choice",
        _form(Over.PROGRAMME, P.EDIT_REPORTS),
    ),
    **_each("programme-findings finding", _programme(get=P.WORD_FINDINGS)),
    **_each("finding-new finding-edit", _form(Over.PROGRAMME, P.WORD_FINDINGS)),
    **_each("finding-move", _programme(post=P.WORD_FINDINGS)),
    **_each("verdict", _form(Over.ANY, P.AFFIRM_FINDINGS)),
    # for support staff, and for those who lend the role
    **_each("support support-person support-alliance", _over(Over.SUPPORTED, get=P.SUPPORT)),
    **_each("support-second-step support-invitation", _form(Over.SUPPORTED, P.SUPPORT)),
    **_each(
        "support-sign-out support-let-in support-invitation-again support-mail support-report",
        _over(Over.SUPPORTED, post=P.SUPPORT),
    ),
    **_each("programme-support", _programme(get=P.MANAGE_PEOPLE)),
    **_each("support-give", _form(Over.PROGRAMME, P.MANAGE_PEOPLE)),
    **_each("support-end support-withdraw", _programme(post=P.MANAGE_PEOPLE)),
    # for everybody who is signed in, or not even that
    **_each(
        "search clusters my-week reports findings strength-rules attention-rules forms-to-print "
        "form-blank form-blank-pdf export export-file",
        _rule(Rule.SIGNED_IN, "GET"),
    ),
    **_each("mail", _rule(Rule.ACCOUNT)),
    **_each("mail-stop", _rule(Rule.LINK)),
    **_each("invitation", _rule(Rule.INVITED)),
    **_each(
        "home publications gallery publication publication-file publication-version "
        "publication-version-file privacy cookies accessibility glossary language",
        _rule(Rule.ANYBODY, "GET"),
    ),
    # for programs
    **_each("api api-document", _rule(Rule.ANYBODY, "GET")),
    **_each(
        "api-programmes api-programme api-alliances api-enquiries api-case-studies "
        "api-case-study api-reports api-report api-report-data",
        _rule(Rule.PROGRAM, "GET"),
    ),
    **_each("api-alliance api-enquiry", _token(P.SEE_ALLIANCE)),
    **_each("api-schools", _token(P.READ_ENQUIRY, P.MANAGE_SCHOOLS)),
    **_each("api-cycles api-measures api-claims", _token(P.READ_ENQUIRY)),
    **_each("healthz readyz", _rule(Rule.ANYBODY, "GET HEAD")),
    **_each("metrics", _rule(Rule.BEARER, "GET HEAD")),
    # allauth's own
    **_each(
        "account_login account_request_login_code account_confirm_login_code account_signup "
        "account_inactive account_email_verification_sent account_confirm_email account_logout "
        "account_reset_password account_reset_password_done account_reset_password_from_key "
        "account_reset_password_from_key_done mfa_login_webauthn openid_connect_login "
        "openid_connect_callback socialaccount_login_cancelled",
        _rule(Rule.ANYBODY),
    ),
    **_each("mfa_authenticate socialaccount_signup", _rule(Rule.UNDER_WAY)),
    **_each(
        "account_reauthenticate account_email account_change_password account_set_password "
        "mfa_index mfa_reauthenticate mfa_reauthenticate_webauthn mfa_activate_totp "
        "mfa_deactivate_totp mfa_add_webauthn mfa_list_webauthn mfa_edit_webauthn "
        "mfa_remove_webauthn mfa_view_recovery_codes mfa_generate_recovery_codes "
        "mfa_download_recovery_codes socialaccount_connections socialaccount_login_error",
        _rule(Rule.ACCOUNT),
    ),
    **_each("sessions held tokens", _rule(Rule.ACCOUNT, "GET")),
    **_each("token-new", _rule(Rule.ACCOUNT)),
    **_each("session-end sessions-end held-file token-end", _rule(Rule.ACCOUNT, "POST")),
}
