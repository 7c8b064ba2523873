import { Client, Connection } from '@temporalio/client';
import { SearchAttributeType, defineSearchAttributeKey } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker, makeTelemetryFilterString } from '@temporalio/worker';
import * as activities from './activities';
import { scenarios } from './scenarios';

/** What a scenario has to work with. */
export interface Probe {
  readonly client: Client;
  readonly connection: Connection;
  readonly queue: string;
  /** Begins every workflow id of this run. */
  readonly prefix: string;
  /** Prints a line; ids of this run are taken out of it. */
  say(line: string): void;
  /** Runs something while a worker polls the queue. */
  withWorker<T>(work: () => Promise<T>): Promise<T>;
  /** Asks again until an answer is as wanted. */
  until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T>;
}

const LIMIT = 60_000;
export const number = defineSearchAttributeKey('ProbeNumber', SearchAttributeType.INT);
export const word = defineSearchAttributeKey('ProbeWord', SearchAttributeType.KEYWORD);

async function main(address: string, namespace: string): Promise<void> {
  // Standard output is for what the scenarios say alone.
  Runtime.install({
    logger: new DefaultLogger('ERROR', (entry) => console.error(`${entry.level} ${entry.message}`)),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }), forward: {} } },
  });
  const connection = await Connection.connect({ address });
  const workers = await NativeConnection.connect({ address });
  const prefix = `probe-${process.pid}-${Date.now()}`;
  const probe: Probe = {
    client: new Client({ connection, namespace }),
    connection,
    queue: prefix,
    prefix,
    say: (line) => console.log(line.replaceAll(prefix, 'ID')),
    async withWorker(work) {
      const worker = await Worker.create({
        connection: workers,
        namespace,
        taskQueue: prefix,
        workflowsPath: require.resolve('./workflows'),
        activities,
        maxHeartbeatThrottleInterval: '50ms',
        defaultHeartbeatThrottleInterval: '50ms',
        shutdownGraceTime: '1s',
      });
      return worker.runUntil(work());
    },
    async until(ask, wanted) {
      for (const end = Date.now() + LIMIT; ; await new Promise((next) => setTimeout(next, 100))) {
        const answer = await ask();
        if (wanted(answer) || Date.now() > end) {
          return answer;
        }
      }
    },
  };
  for (const [name, scenario] of Object.entries(scenarios)) {
    probe.say(`## ${name}`);
    await scenario(probe);
  }
  await workers.close();
  await connection.close();
}

main(process.argv[2] ?? '127.0.0.1:7233', process.argv[3] ?? 'default').then(
  () => process.exit(0),
  (e: unknown) => {
    console.error(e);
    process.exit(1);
  },
);
