"""Invitations that wait, the e-mails one wants, and the term dates of a programme."""

from alliances.actions import send_mails


def test_lead_invites_sends_again_and_withdraws(sign_in, world):
    leah = sign_in("leah")
    leah.open(f"/alliances/{world.abbot.pk}/people/")
    leah.follow("Invite somebody")
    leah.fill(**{"E-mail address": "new@example.org"})
    leah.page.get_by_label("Role", exact=True).select_option("University partner")
    leah.press("Send invitation")
    before = leah.column("E-mail")

    send_mails()
    leah.press("Send again to new@example.org")
    leah.says("An invitation is on its way to new@example.org again.")
    leah.follow("Withdraw the invitation of new@example.org")
    leah.press("Withdraw")
    leah.says("The invitation of new@example.org is withdrawn.")

    assert before == ["On its way"]
    assert leah.column("E-mail") == []


def test_teacher_chooses_e_mails_without_script(sign_in, world):
    tom = sign_in("tom", script=False)

    tom.follow("E-mails")
    tom.page.get_by_label("Trials to note").uncheck()
    tom.press("Save")
    tom.says("Your choice of e-mails has been saved.")

    assert tom.page.get_by_label("Trials to note").is_checked() is False
    assert world.person("tom").unwanted_mail == ["due-trial"]


def test_national_team_sets_term_dates_and_sees_the_mails(sign_in, world):
    owen = sign_in("owen")
    owen.open(f"/programmes/{world.programme.pk}/")
    owen.follow("Term dates")
    owen.page.get_by_role("link", name="Change").nth(1).click()
    owen.look()
    owen.write("Day", "40", within="First day of spring 1")
    owen.press("Save term dates")
    owen.says("First day of spring 1 must be a real date")
    owen.write("Day", "9", within="First day of spring 1")
    owen.press("Save term dates")
    owen.says("Set by the national team")
    owen.follow("Programme")
    owen.follow("E-mails sent, and those that did not arrive")

    assert world.programme.half_terms.get(code="spring-1").starts_on.day == 9
    assert owen.heading == "E-mails"
