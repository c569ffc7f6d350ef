from django import forms


class NameOnSignUp(forms.Form):
    """What signing up asks beside the e-mail address and the password."""

    name = forms.CharField(label="Your name", max_length=150)

    def signup(self, request, user):
        pass
