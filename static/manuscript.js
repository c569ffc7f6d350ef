// Puts what was logged into the text of its section, where the writer stood last. Without it the
// words are there to be copied.
function place(words, box) {
  const at = box.selectionEnd ?? box.value.length;
  const before = box.value.slice(0, at);
  const gap = before === "" || before.endsWith("\n") ? "" : " ";
  box.setRangeText(gap + words, at, at, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

function offer(item, words, box, about) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button manuscript-put";
  button.textContent = "Put into the text";
  button.setAttribute("aria-label", `Put into the text: ${about}`);
  button.addEventListener("click", () => place(words, box));
  item.append(button);
}

for (const section of document.querySelectorAll("[data-offers]")) {
  const box = document.getElementById(section.dataset.offers);
  for (const item of section.querySelectorAll("[data-offer]")) {
    const words = item.querySelector("[data-words]").textContent.replace(/\s+/g, " ").trim();
    offer(item.querySelector("[data-words]"), words, box, words.slice(0, 60));
  }
  for (const item of section.querySelectorAll(".govuk-checkboxes__item")) {
    const mark = item.querySelector("input").value;
    if (!/^[A-Z]\d+$/.test(mark)) continue;
    const hint = item.querySelector(".govuk-hint");
    const words = hint ? `${hint.textContent.trim()} ` : "";
    offer(item, `${words}[${mark}]`, box, `[${mark}]`);
  }
}
