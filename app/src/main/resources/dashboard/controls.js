// Pausing, measuring and stopping the run, for whoever holds the token.
import { element } from './format.js';

const HOLDER = document.getElementById('controls');

async function post(path, body = '') {
  return fetch(path, { method: 'POST', body, credentials: 'same-origin', headers: { 'Content-Type': 'text/plain' } });
}

/** True if the server took the token; from then on a cookie stands for it. */
export async function login(token) {
  return (await post('api/login', token)).ok;
}

/** Takes a token out of the address, so that it does not stay in the history. */
export async function loginByAddress() {
  const match = /^#token=([A-Za-z0-9._~+/=-]+)$/.exec(location.hash);
  if (!match) return;
  history.replaceState(null, '', location.pathname + location.search);
  await login(match[1]);
}

export async function session() {
  return (await fetch('api/session', { credentials: 'same-origin' })).json();
}

/** Shows buttons, or the field for the token, where the run can be controlled. */
export function showControls(described, run, relogin) {
  HOLDER.hidden = !described.controllable;
  if (!described.controllable) return;
  HOLDER.replaceChildren(...(described.authenticated ? buttons(described, run) : [tokenForm(relogin)]));
}

function tokenForm(relogin) {
  const input = element('input', { type: 'password', autocomplete: 'off', 'aria-label': 'Token' });
  const said = element('span', { class: 'worry', role: 'alert' });
  const form = element('form', { id: 'control-token' }, 'Controls need the token that was printed at start ', input, element('button', { type: 'submit' }, 'Unlock'), said);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (await login(input.value)) relogin();
    else said.textContent = 'This is not the token.';
  });
  return form;
}

function buttons({ probes, interventions, checkpoints }, run) {
  const said = element('span', { role: 'status', id: 'control-said' });
  const tell = async (action) => {
    const response = await post(`api/runs/${run}/control/${action}`);
    said.textContent = response.ok ? `The run was told: ${action.replace('/', ' ')}.` : (await response.json()).error;
  };
  const button = (label, action) => element('button', { type: 'button', id: 'control-' + action, onclick: () => tell(action) }, label);
  const stop = element('button', { type: 'button', id: 'control-stop', onclick: () => confirm('End this run? It cannot be taken back.') && tell('stop') }, 'Stop the run');
  /** A choice of names and a button that acts on the chosen one; nothing where there is none. */
  const choose = (action, kind, label, names) => {
    if (!names.length) return [];
    const choice = element('select', { 'aria-label': kind }, ...names.map((name) => element('option', { value: name }, name)));
    return [choice, element('button', { type: 'button', id: 'control-' + action, onclick: () => tell(action + '/' + choice.value) }, label)];
  };
  return [button('Pause', 'pause'), button('Resume', 'resume'), ...(checkpoints ? [button('Checkpoint now', 'checkpoint')] : []),
    ...choose('probe', 'Probe', 'Measure now', probes), ...choose('fire', 'Intervention', 'Fire now', interventions), stop, said];
}
