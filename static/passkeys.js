// Offers passkeys where the browser knows them, and says on the page when one was refused.
if (window.PublicKeyCredential) {
  for (const id of ["passkey_login", "mfa_webauthn_authenticate"]) {
    document.getElementById(id)?.removeAttribute("hidden");
  }
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-failure").hidden = false;
});
