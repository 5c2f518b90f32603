/**
 * Imported for what it does, before anything else in a page's worker: claims that run there get
 * the very bits that Deno gives, whose own are rounded correctly too, and faster.
 */
import * as rounded from "./correctly_rounded.ts";

Object.assign(Math, rounded);
