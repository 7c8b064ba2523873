// The official TypeScript SDK's side of ../../../bench/sdk.
// node bench.js worker ADDRESS TASKQUEUE   runs a worker until its standard input ends; prints "ready" when it polls
// node bench.js replay WARMUP SECONDS FILE TIMES   replays WARMUP for CPU seconds, then FILE TIMES times; prints the CPU seconds of that
const fs = require('node:fs');
const { historyFromJSON } = require('@temporalio/common/lib/proto-utils');
const { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } = require('@temporalio/worker');

const logger = new DefaultLogger('ERROR');
const activities = { async echo(text) { return text; } };
const bundle = () => bundleWorkflowCode({ workflowsPath: require.resolve('./bench-workflows'), logger });

async function work(address, taskQueue) {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection, taskQueue, activities, workflowBundle: await bundle(),
    maxCachedWorkflows: 2000,
    maxConcurrentActivityTaskExecutions: 100,
    maxConcurrentWorkflowTaskExecutions: 100,
    maxConcurrentActivityTaskPolls: 5,
    maxConcurrentWorkflowTaskPolls: 5,
  });
  process.stdin.on('end', () => worker.shutdown()).resume();
  const running = worker.run();
  console.log('ready');
  await running;
  await connection.close();
}

async function replay(warmUp, seconds, file, times) {
  const read = (path) => historyFromJSON(JSON.parse(fs.readFileSync(path, 'utf8')));
  const options = { workflowBundle: await bundle() };
  const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
  const run = async (history, count) => {
    const histories = Array.from({ length: Number(count) }, () => ({ workflowId: 'bench', history }));
    for await (const { error } of Worker.runReplayHistories(options, histories)) if (error) throw error;
  };
  const begin = used();
  for (const history = read(warmUp); used() - begin < Number(seconds);) await run(history, 10);
  const history = read(file);
  const before = used();
  await run(history, times);
  console.log(used() - before);
}

Runtime.install({ logger });
const [command, ...rest] = process.argv.slice(2);
({ worker: work, replay })[command](...rest).catch((e) => {
  console.error(e);
  process.exitCode = 1;
});
