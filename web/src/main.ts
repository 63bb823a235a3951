/** Starts the client: language first, then the first screen. */
import { mount } from "svelte";
import App from "./features/App.svelte";
import { createApp } from "./features/app";
import { wanted } from "./features/speech.svelte";
import { load } from "./i18n/languages";
import { openEyes } from "./store/seeing.svelte";
import "./ui/ground.css";
import { Router } from "./ui/router.svelte";

const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app");

openEyes();
const translator = await load(wanted(localStorage, navigator.languages));
mount(App, { target, props: { app: createApp(localStorage, new Router(), translator) } });
