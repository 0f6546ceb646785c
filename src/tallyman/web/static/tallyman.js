// Pages work without this. It adds a slider beside the date of the replay form.
for (const form of document.querySelectorAll("form.replay")) {
  const date = form.querySelector('input[type="date"]');
  if (!date) continue;
  const day = 86400000;
  const number = (text) => Math.floor(Date.parse(text) / day);
  const slider = document.createElement("input");
  slider.type = "range";
  slider.max = number(date.max);
  slider.min = slider.max - 3653;
  slider.value = number(date.value);
  slider.setAttribute("aria-label", "Day to replay");
  slider.addEventListener("input", () => {
    date.value = new Date(slider.value * day).toISOString().slice(0, 10);
  });
  slider.addEventListener("change", () => form.requestSubmit());
  date.addEventListener("change", () => { slider.value = number(date.value); });
  date.after(slider);
}
