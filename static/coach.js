// As the question is written, shows what others ask that is alike; without it, what is stored counts.
const QUIET = 800;
const WIDE = "(min-width: 48.0625em)";

const coach = document.querySelector("[data-coach]");
const others = coach.querySelector("[data-coach-others]");
const form = document.querySelector("form:has([name=question])");
let timer;
let asking = new AbortController();

coach.querySelector("[data-coach-opens]").open = matchMedia(WIDE).matches;

// A later answer counts: an earlier one that is still on its way is given up.
async function refresh() {
  asking.abort();
  asking = new AbortController();
  const body = new FormData(form);
  try {
    const answer = await fetch(coach.dataset.coach, { method: "POST", body, signal: asking.signal });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    others.replaceChildren(...page.body.childNodes);
  } catch {
    // What was found before stays; the next word asks again.
  }
}

form?.addEventListener("input", (event) => {
  if (!["question", "focus"].includes(event.target.name)) return;
  clearTimeout(timer);
  timer = setTimeout(refresh, QUIET);
});
