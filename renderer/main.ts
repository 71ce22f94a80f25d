// Starts the page: reaches the host, reads what it keeps, and shows the window.
import { mount } from 'svelte';
import '@xterm/xterm/css/xterm.css';
import './styles/tokens.css';
import './styles/base.css';
import { errorSentence } from '../runtime/contract/messages';
import { connectApi } from './api';
import AppView from './App.svelte';
import { App } from './state/app.svelte';
import { registerCommands } from './ui/register-commands';

async function start(): Promise<void> {
  let app: App | null = null;
  const api = await connectApi(() => app?.hostGone());
  const [info, settings] = await Promise.all([api.call('app:info'), api.call('settings:read')]);
  app = new App(api, info, settings);
  registerCommands(app);
  await app.boards.load();
  mount(AppView, { target: document.getElementById('app') ?? document.body, props: { app } });
  await app.start();
}

start().catch((error: unknown) => {
  const sentence = document.createElement('p');
  sentence.textContent = errorSentence({ code: 'app-gone', detail: {} });
  sentence.style.padding = '24px';
  document.body.replaceChildren(sentence);
  throw error;
});
