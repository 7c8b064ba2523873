// The official TypeScript SDK's side of ../../../bench/sdk.
// node bench.js worker ADDRESS TASKQUEUE   runs a worker until its standard input ends; prints "ready" when it polls
// node bench.js replay FILE TIMES          replays a history twice TIMES times; prints the CPU seconds of the second round
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

async function replay(file, times) {
  const history = historyFromJSON(JSON.parse(fs.readFileSync(file, 'utf8')));
  const options = { workflowBundle: await bundle() };
  const round = async () => {
    const histories = Array.from({ length: Number(times) }, () => ({ workflowId: 'bench', history }));
    for await (const { error } of Worker.runReplayHistories(options, histories)) if (error) throw error;
  };
  await round();
  const before = process.cpuUsage();
  await round();
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1e6);
}

Runtime.install({ logger });
const [command, ...rest] = process.argv.slice(2);
({ worker: work, replay })[command](...rest).catch((e) => {
  console.error(e);
  process.exitCode = 1;
});
