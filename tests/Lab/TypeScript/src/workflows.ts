import {
  ActivityFailure, ApplicationFailure, CancellationScope, ChildWorkflowFailure, ParentClosePolicy, condition, continueAsNew, defineQuery,
  defineSignal, defineUpdate, executeChild, getExternalWorkflowHandle, isCancellation, patched, proxyActivities, proxyLocalActivities,
  setHandler, sleep, startChild, upsertMemo, upsertSearchAttributes, workflowInfo, allHandlersFinished, ActivityCancellationType,
} from '@temporalio/workflow';
import type * as activities from './activities';

const { pay, refuse } = proxyActivities<typeof activities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '50ms', backoffCoefficient: 1 },
});
const { resume } = proxyActivities<typeof activities>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '1s',
  retry: { initialInterval: '50ms' },
});
const { linger, outside } = proxyActivities<typeof activities>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '20s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});
const local = proxyLocalActivities<typeof activities>({ startToCloseTimeout: '10s', retry: { initialInterval: '10ms' } });

export const note = defineSignal<[string]>('note');
export const notes = defineQuery<string[]>('notes');
export const ship = defineUpdate<number, [string]>('ship');

/** Pays, takes notes, and ends once it is shipped. */
export async function order(failedPayments: number): Promise<string> {
  const taken: string[] = [];
  let isShipped = false;
  setHandler(note, (text) => void taken.push(text));
  setHandler(notes, () => taken);
  setHandler(
    ship,
    async (where) => {
      taken.push(`to ${where}`);
      await sleep('50ms');
      isShipped = true;
      return taken.length;
    },
    {
      validator: (where) => {
        if (where === '') {
          throw ApplicationFailure.create({ message: 'Where to?', type: 'NOWHERE', nonRetryable: true });
        }
      },
    },
  );
  const attempt = await pay(failedPayments);
  await condition(() => isShipped);
  await condition(allHandlersFinished);
  return `paid at try ${attempt}; ${taken.join(', ')}`;
}

/** Ends at once, or fails. */
export async function short(fails: boolean): Promise<string> {
  if (fails) {
    throw ApplicationFailure.create({ message: 'Lost.', type: 'LOST', nonRetryable: true });
  }
  return 'done';
}

/** Calls each kind of activity and says how each ended. */
export async function activitiesOfEachKind(): Promise<string[]> {
  const said: string[] = [`pay: try ${await pay(2)}`, `local: try ${await local.pay(1)}`, `resume: ${await resume()}`];
  try {
    await refuse();
  } catch (e) {
    if (e instanceof ActivityFailure && e.cause instanceof ApplicationFailure) {
      said.push(`refuse: ${e.activityType} ${e.retryState} ${e.cause.type} ${e.cause.message} ${JSON.stringify(e.cause.details)}`);
    }
  }
  const scope = new CancellationScope();
  const lingering = scope.run(() => linger());
  await sleep('300ms');
  scope.cancel();
  try {
    await lingering;
  } catch (e) {
    said.push(`linger: cancelled ${isCancellation(e)}`);
  }
  said.push(`outside: ${await outside()}`);
  return said;
}

/** Has children that end in each way. */
export async function parent(): Promise<string[]> {
  const said: string[] = [`child: ${await executeChild(short, { args: [false], workflowId: `${workflowInfo().workflowId}/well` })}`];
  try {
    await executeChild(short, { args: [true], workflowId: `${workflowInfo().workflowId}/badly` });
  } catch (e) {
    if (e instanceof ChildWorkflowFailure && e.cause instanceof ApplicationFailure) {
      said.push(`child: ${e.workflowType} ${e.retryState} ${e.cause.type} ${e.cause.message}`);
    }
  }
  const scope = new CancellationScope();
  const child = await scope.run(() => startChild(endless, { workflowId: `${workflowInfo().workflowId}/cancelled` }));
  await getExternalWorkflowHandle(child.workflowId).signal(note, 'from the parent');
  await sleep('200ms');
  scope.cancel();
  try {
    await child.result();
  } catch (e) {
    said.push(`child: cancelled ${isCancellation(e)}`);
  }
  try {
    await getExternalWorkflowHandle('nobody').signal(note, 'lost');
  } catch (e) {
    said.push(`external: ${(e as Error).name} ${(e as Error).message}`);
  }
  await startChild(endless, { workflowId: `${workflowInfo().workflowId}/abandoned`, parentClosePolicy: ParentClosePolicy.ABANDON });
  await startChild(endless, { workflowId: `${workflowInfo().workflowId}/terminated`, parentClosePolicy: ParentClosePolicy.TERMINATE });
  return said;
}

/** Waits until it is cancelled, and cleans up after itself. */
export async function endless(): Promise<void> {
  const taken: string[] = [];
  setHandler(note, (text) => void taken.push(text));
  setHandler(notes, () => taken);
  try {
    await condition(() => false);
  } catch (e) {
    await CancellationScope.nonCancellable(() => pay(0));
    throw e;
  }
}

/** Continues as new that many times. */
export async function chain(left: number): Promise<string> {
  if (left > 0) {
    return continueAsNew<typeof chain>(left - 1);
  }
  return `at the end, continued: ${workflowInfo().continuedFromExecutionRunId !== undefined}`;
}

/** Sets search attributes and a memo, takes a patched path, and waits. */
export async function found(): Promise<string> {
  upsertSearchAttributes({ ProbeNumber: [42], ProbeWord: ['changed'] });
  upsertMemo({ added: 'later' });
  await sleep('50ms');
  return patched('new-way') ? 'new way' : 'old way';
}
