const page = document.documentElement, button = document.querySelector(".code-button");
page.classList.replace("no-js", "js");
button.hidden = false;
button.addEventListener("click", () => {
  const shown = page.classList.toggle("show-code");
  document.querySelectorAll("details.code").forEach((code) => { code.open = shown; });
  button.setAttribute("aria-pressed", String(shown));
  button.textContent = shown ? button.dataset.hide : button.dataset.show;
});
