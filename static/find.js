// Shows what is found while it is typed; without it, the button does.
const QUIET = 300;

for (const form of document.querySelectorAll("[data-finds]")) {
  const shown = document.querySelector(form.dataset.finds);
  let timer;
  let asking = new AbortController();

  // A later answer counts: an earlier one that is still on its way is given up.
  const refresh = async () => {
    asking.abort();
    asking = new AbortController();
    const words = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(`?${words}`, { signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      shown.replaceChildren(...page.querySelector(form.dataset.finds).childNodes);
    } catch {
      // What was found before stays; the next letter asks again.
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, QUIET);
  });
}
