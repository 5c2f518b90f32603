import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { pathToFileURL } from "node:url";
import {
  type ConfigInput,
  gpt2,
  makeConfig,
  makeModel,
  randomWeights,
  saveModel,
} from "../model/mod.ts";
import { Random } from "../tensor/mod.ts";
import { readSpecFolder } from "./report/spec_folder.ts";
import { type Answers, Project } from "./testing/project.ts";
import { verifyCommand } from "./verify.ts";
import "./verify/ask.ts"; // which these start as a process of its own
import type { AskedClaim, Job } from "./verify/job.ts";
import { ourAnswers } from "./verify/our_answers.ts";
import { runAsking } from "./verify/run_asking.ts";

const ROOT = new URL("../../", import.meta.url);
const MODELS = new URL("fixtures/models/", ROOT);

/** Small models in which something is missing that ours have. */
const ODD: Readonly<Record<string, ConfigInput>> = {
  "few words": { n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 3, n_ctx: 11 },
  "no layers": { n_layers: 0, d_model: 8, n_heads: 2, d_vocab: 12, n_ctx: 9 },
  "one size": { n_layers: 1, d_model: 8, n_heads: 8, d_head: 8, d_mlp: 8, d_vocab: 8, n_ctx: 8 },
  "attention alone, in one head as wide as the stream": {
    ...{ n_layers: 1, d_model: 12, n_heads: 1, d_vocab: 20, n_ctx: 24 },
    ...{ attn_only: true, positions: "alibi", tied: true },
  },
};

/** Writes a random model to a folder, with random tokens for a text. */
async function writeOdd(name: string, folder: string): Promise<void> {
  const config = makeConfig(ODD[name]);
  const saved = await saveModel(makeModel(name, config, randomWeights(config, 1)), gpt2);
  await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(saved.config));
  await Deno.writeFile(`${folder}/model.safetensors`, saved.weights);
  const tokens = new Random("text").integers(4000, config.d_vocab);
  await Deno.writeTextFile(`${folder}/tokens.json`, JSON.stringify([tokens]));
}

/** Asks such a model claims of all spec files. */
async function askOdd(name: string, asked: Pick<Job, "kind">) {
  const { files } = await readSpecFolder(ROOT);
  const folder = await Deno.makeTempDir({ prefix: "a model (copy) [ü] #1 " });
  try {
    await writeOdd(name, folder);
    const tokens = `${folder}/tokens.json`;
    const job = { folder, tokens, maxTokens: 160, limit: 60, files, ...asked };
    return (await runAsking(ROOT, job, () => {})).claims;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("what an odd model lacks is never the fault of a check", async () => {
  const claims = await askOdd("few words", {});
  assertEquals(claims.length > 100, true, "all claims of the spec");
  assertEquals(claims.filter(({ outcome }) => outcome === "broken"), []);
  assert(claims.some(({ outcome }) => outcome === "agrees"));
  assertEquals(claims.filter(({ kind }) => kind === "identity").flatMap(wrong), []);
  const silent = claims.filter(({ outcome, reason = "" }) => outcome !== "agrees" && reason === "");
  assertEquals(silent.map(said), [], "whatever does not agree says why");
});

Deno.test("no identity fails on an odd model, and none of its twins passes for it", async () => {
  for (const name of Object.keys(ODD).slice(1)) {
    const claims = await askOdd(name, { kind: "identity" });
    assertEquals(new Set(claims.map(({ kind }) => kind)), new Set(["identity"]));
    assert(claims.some(({ outcome }) => outcome === "agrees"), name);
    assertEquals(claims.flatMap(wrong), [], name);
  }
});

/** What must not be so of an identity. */
function wrong(claim: AskedClaim): string[] {
  const { id, outcome, unnoticed } = claim;
  const failed = outcome === "does not" || outcome === "broken" ? [said(claim)] : [];
  return [...failed, ...unnoticed.map((control) => `${id}: not told from ${control}`)];
}

function said({ id, reason }: AskedClaim): string {
  return `${id}: ${reason}`;
}

Deno.test("a path that cannot be allowed, and files that are no model, are refused in words", async () => {
  const ask = (job: Partial<Job>) =>
    runAsking(ROOT, { folder: "/x", maxTokens: 160, limit: 60, files: [], ...job }, () => {});
  await assertRejects(
    () => ask({ folder: "/a,b" }),
    Error,
    "Cannot read /a,b: Deno cannot be told",
  );
  await assertRejects(() => ask({}), Error, "Cannot read the folder /x");
  const { pathname: folder } = new URL("rotary/1", MODELS);
  const text = `${folder}/card.json`;
  await assertRejects(() => ask({ folder, text }), Error, "the model has no tokenizer");
  await assertRejects(() => ask({ folder, tokens: text }), Error, "rows of token ids are required");
});

Deno.test("what takes longer than it may is left out, and another process goes on", async () => {
  const { pathname: folder } = new URL("rotary/1", MODELS);
  const files = ["spec/10_mlps_and_other_tokens_test.ts"];
  const job = { folder, maxTokens: 32, limit: 1e-3, files, kind: "construction" } as const;
  const kinds: string[] = [];
  const { claims } = await runAsking(ROOT, job, ({ kind }) => kinds.push(kind));
  const late = claims.filter(({ reason }) => reason?.includes("longer than the limit of 0.001 s"));
  assert(late.length > 1, claims.map(said).join());
  assertEquals(new Set(late.map(({ outcome }) => outcome)), new Set(["not applicable"]));
  assertEquals(claims.map(({ id }) => id), ["mlp-across-positions", "limited-experts"], "once");
  assertEquals(kinds.filter((kind) => kind === "model").length, 1);
});

Deno.test("our own models agree with what they were asked as ours", async () => {
  const asked = {
    "gpt-unmasked/1": "05_width_of_the_stream",
    "rotary/1": "10_mlps_and_other_tokens",
  };
  for (const [name, spec] of Object.entries(asked)) {
    const { pathname } = new URL(name, MODELS);
    const job = { folder: pathname, maxTokens: 32, limit: 60, files: [`spec/${spec}_test.ts`] };
    const { claims, notes, runtime } = await runAsking(ROOT, job, () => {});
    assertEquals(claims.flatMap(wrong), [], name);
    assertStringIncludes(notes.join(), "in a window of 32 of its 60 tokens");
    assertEquals(runtime, "web");
  }
});

Deno.test("our own models agree on onnxruntime-node too", async () => {
  const files = ["spec/10_mlps_and_other_tokens_test.ts"];
  const { pathname: folder } = new URL("rotary/1", MODELS);
  const job = { folder, maxTokens: 32, limit: 60, files, runtime: "native" } as const;
  const { claims, runtime } = await runAsking(ROOT, job, () => {});
  assertEquals(claims.some(({ outcome }) => outcome === "agrees"), true, "something was asked");
  assertEquals(claims.flatMap(wrong), []);
  assertEquals(runtime, "native", "as the pages will say");
});

/** A claim whose check never waits for anything, so that nothing but its process's end ends it. */
const ENDLESS = `import { question } from "../mod.ts";
import * as models from "../fixtures/mod.ts";

question("Does it end?", { notes: "open", standing: "answered here" }, ({ claim }) => {
  claim("It does", {
    id: "endless",
    kind: "identity",
    on: [models.tiny],
    measure: () => ({ ends: 1 }),
    check: () => {
      for (;;);
    },
    mustFailOn: {},
  });
});
`;

Deno.test("a model is asked, and every page has a section on it; a report is not asked for twice", () =>
  Project.copy(async (project) => {
    for (const { name } of Deno.readDirSync(`${project.folder}/spec`)) {
      if (!name.startsWith("10")) {
        await Deno.remove(`${project.folder}/spec/${name}`, { recursive: true });
      }
    }
    const root = pathToFileURL(`${project.folder}/`);
    let output = "";
    const write = (text: string) => void (output += text);
    const place = { root, screen: { terminal: false, write }, complain: write };
    const verify = (...args: string[]) => verifyCommand(args, place);

    assertEquals(await verify("--model=fixtures/models/none"), 2);
    assertStringIncludes(output, "Cannot read the folder");
    assertEquals((await project.made()).files["index.html"], undefined, "nothing was written");

    const mine = `${project.folder}/mine/odd`;
    await Deno.mkdir(mine, { recursive: true });
    await writeOdd("one size", mine);
    assertEquals(await verify("--model=mine/odd", "--kind=identity"), 0, output);
    const { files, answers } = await project.made();
    assertStringIncludes(files["index.html"], "Your model: mine/odd");
    assertStringIncludes(files["answers.md"], "## Your model: mine/odd");
    assertStringIncludes(files["10-mlps-and-other-tokens.html"], "Your model: mine/odd");
    assertEquals(answers.yours.claims.flatMap(wrong), []);
    assertEquals(answers.yours.claims.length, 5, "without the two constructions");
    assertEquals(answers.questions.map((q: Answers) => q.verdict), ["holds"], "as ever");
    assertStringIncludes(output, "asked anew");

    output = "";
    const { questions } = await ourAnswers(await readSpecFolder(root), place);
    assertEquals(questions.map(({ verdict }) => verdict), ["holds"]);
    assertEquals(output, "", "what is there is of this version");

    await project.write({ "99_test.ts": ENDLESS });
    const folder = `${project.folder}/fixtures/models/nope/1`;
    const job = { folder, maxTokens: 32, limit: 1, files: ["spec/99_test.ts"] };
    const { claims: [endless] } = await runAsking(root, job, () => {});
    assertEquals(said(endless), "endless: it took longer than the limit of 1 s");
  }));
