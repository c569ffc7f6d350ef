// Keeps what is typed as a draft, a moment after the last keystroke, and says when; what could not
// be kept is tried again, and what is only just typed is sent on as the page is left.
const QUIET = 1500;
const AGAIN = 5000;
const SIGNED_OUT = 401;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const state = form.querySelector("[data-draft-state]");
  let timer;
  let leaving;
  let isKept = true;

  const keep = async () => {
    clearTimeout(timer);
    const typed = new URLSearchParams(new FormData(form));
    typed.set("draft", "quietly");
    leaving = new AbortController();
    isKept = true;
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST",
        body: typed,
        headers: { Accept: "text/plain" },
        keepalive: true,
        signal: leaving.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      state.textContent = `Draft kept at ${time}.`;
    } catch (problem) {
      if (leaving.signal.aborted) return;
      isKept = false;
      const isSignedOut = problem.message === String(SIGNED_OUT);
      state.textContent = isSignedOut
        ? "You have been signed out, so the draft could not be kept. Your words are still on this page: save, and sign in."
        : "The draft could not be kept. Your words are still on this page. Trying again.";
      if (!isSignedOut) timer = setTimeout(keep, AGAIN);
    }
  };

  form.addEventListener("input", () => {
    isKept = false;
    clearTimeout(timer);
    timer = setTimeout(keep, QUIET);
  });
  form.addEventListener("submit", () => {
    isKept = true;
    clearTimeout(timer);
    leaving?.abort();
  });
  addEventListener("online", () => isKept || keep());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !isKept) keep();
  });
}
