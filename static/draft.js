// Keeps what is typed as a draft, a moment after the last keystroke, and says when.
const QUIET = 1500;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const state = form.querySelector("[data-draft-state]");
  let timer;

  const keep = async () => {
    const typed = new URLSearchParams(new FormData(form));
    typed.set("draft", "quietly");
    try {
      const answer = await fetch(location.href, { method: "POST", body: typed, keepalive: true });
      if (answer.status !== 204) throw new Error(String(answer.status));
      const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      state.textContent = `Draft kept at ${time}.`;
    } catch {
      state.textContent = "The draft could not be kept. Your words are still on this page.";
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, QUIET);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
