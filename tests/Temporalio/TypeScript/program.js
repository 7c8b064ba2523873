// node program.js worker ADDRESS TASKQUEUE   runs a worker until its standard input ends; prints "ready" when it polls
// node program.js replay FOLDER              replays all FOLDER/*.json; prints one JSON line for each: {"name", "error"}
const fs = require('node:fs');
const path = require('node:path');
const { Context, ApplicationFailure } = require('@temporalio/activity');
const { historyFromJSON } = require('@temporalio/common/lib/proto-utils');
const { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } = require('@temporalio/worker');

const activities = {
  async echo(text) { return text; },
  async refuse(text) { throw ApplicationFailure.create({ message: `not ${text}`, type: 'Refused', nonRetryable: true }); },
  async stumble() { throw new Error(`attempt ${Context.current().info.attempt}`); },
  async hold() {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), 100);
    try {
      await context.cancelled;
    } finally {
      clearInterval(beat);
    }
  },
};

async function work(address, taskQueue) {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({ connection, taskQueue, activities, workflowsPath: require.resolve('./workflows') });
  process.stdin.on('end', () => worker.shutdown()).resume();
  const running = worker.run();
  console.log('ready');
  await running;
  await connection.close();
}

async function replay(folder) {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  for (const file of files) {
    const history = historyFromJSON(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')));
    const { workflowId } = history.events[0].workflowExecutionStartedEventAttributes;
    let error = null;
    try {
      await Worker.runReplayHistory({ workflowBundle: await bundle() }, history, workflowId);
    } catch (e) {
      error = e.message;
    }
    console.log(JSON.stringify({ name: path.basename(file, '.json'), error }));
  }
}

let bundled;
function bundle() {
  return (bundled ??= bundleWorkflowCode({ workflowsPath: require.resolve('./workflows'), logger: new DefaultLogger('ERROR') }));
}

Runtime.install({ logger: new DefaultLogger('ERROR', (entry) => console.error(entry.message, entry.meta?.error ?? '')) });
const [command, ...rest] = process.argv.slice(2);
({ worker: work, replay })[command](...rest).catch((e) => {
  console.error(e);
  process.exitCode = 1;
});
