'use strict';
{
  const choices = document.querySelectorAll('input[name="language"]');
  const follow = () => {
    for (const choice of choices) if (choice.checked) document.documentElement.lang = choice.value;
  };
  for (const choice of choices) choice.addEventListener('change', follow);
  follow();
  const setAll = (open) => () => {
    for (const text of document.querySelectorAll('details.text')) text.open = open;
  };
  document.getElementById('open-all').addEventListener('click', setAll(true));
  document.getElementById('close-all').addEventListener('click', setAll(false));
  document.getElementById('print').addEventListener('click', () => window.print());
  document.querySelector('.scripted').hidden = false;
}
