import {
  AsyncCompletionClient, ScheduleOverlapPolicy, ScheduleNotFoundError, WithStartWorkflowOperation, WorkflowFailedError, WorkflowHandle,
  WorkflowIdConflictPolicy, WorkflowIdReusePolicy, WorkflowNotFoundError, WorkflowUpdateFailedError, WorkflowUpdateStage,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { number, word, type Probe } from './probe';
import * as flows from './workflows';

/** What the SDK sees of a server, by subject; each prints what it sees. */
export const scenarios: Record<string, (probe: Probe) => Promise<void>> = {
  async start(probe) {
    const options = { taskQueue: probe.queue, workflowId: `${probe.prefix}/start`, args: [false] as [boolean] };
    await probe.withWorker(async () => {
      const handle = await probe.client.workflow.start(flows.short, options);
      probe.say(`result: ${await handle.result()}`);
      await tell(probe, 'reject a duplicate', () => probe.client.workflow.start(
        flows.short, { ...options, workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE }));
      await tell(probe, 'failed only', () => probe.client.workflow.start(
        flows.short, { ...options, workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY }));
      const failing = await probe.client.workflow.start(flows.short, { ...options, args: [true] });
      await tell(probe, 'a failure', () => failing.result());
      const again = await probe.client.workflow.start(
        flows.short, { ...options, workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY });
      probe.say(`after a failure: ${await again.result()}`);
      const delayed = await probe.client.workflow.start(
        flows.short, { ...options, workflowId: `${options.workflowId}/delayed`, startDelay: '300ms' });
      const shown = await delayed.describe();
      probe.say(`delayed by: ${shown.raw.workflowExecutionInfo!.executionTime!.seconds!.toString() !== ''} ${await delayed.result()}`);
    });
    const waiting = await probe.client.workflow.start(flows.short, { ...options, workflowId: `${options.workflowId}/open` });
    await tell(probe, 'while one is open', () =>
      probe.client.workflow.start(flows.short, { ...options, workflowId: `${options.workflowId}/open` }));
    const same = await probe.client.workflow.start(flows.short, {
      ...options, workflowId: `${options.workflowId}/open`, workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING });
    probe.say(`the open one: ${same.firstExecutionRunId === waiting.firstExecutionRunId}`);
    await waiting.terminate('no longer wanted');
    await tell(probe, 'terminated', () => waiting.result());
    await tell(probe, 'terminated twice', () => waiting.terminate());
    await tell(probe, 'unknown', () => probe.client.workflow.getHandle(`${probe.prefix}/nobody`).describe());
    await history(probe, waiting);
  },

  async messages(probe) {
    await probe.withWorker(async () => {
      const handle = await probe.client.workflow.signalWithStart(flows.order, {
        taskQueue: probe.queue, workflowId: `${probe.prefix}/messages`, args: [1], signal: flows.note, signalArgs: ['first'] });
      await handle.signal(flows.note, 'second');
      probe.say(`notes: ${await handle.query(flows.notes)}`);
      await tell(probe, 'unknown query', () => handle.query('nothing'));
      // Its payment is over: from here on nothing but an update adds to its history.
      await probe.until(() => handle.fetchHistory(), ({ events }) => events!.at(-1)!.workflowTaskCompletedEventAttributes != null
        && events!.some((event) => event.activityTaskCompletedEventAttributes != null));
      const before = (await handle.fetchHistory()).events!.length;
      await tell(probe, 'rejected update', () => handle.executeUpdate(flows.ship, { args: [''], updateId: 'no' }));
      await tell(probe, 'rejected again', () => handle.executeUpdate(flows.ship, { args: [''], updateId: 'no' }));
      probe.say(`events of a rejected update: ${(await handle.fetchHistory()).events!.length - before}`);
      const update = await handle.startUpdate(
        flows.ship, { args: ['Rome'], updateId: 'yes', waitForStage: WorkflowUpdateStage.ACCEPTED });
      probe.say(`update: ${await update.result()}`);
      probe.say(`the same update: ${await handle.executeUpdate(flows.ship, { args: ['Oslo'], updateId: 'yes' })}`);
      probe.say(`result: ${await handle.result()}`);
      probe.say(`notes of a closed one: ${await handle.query(flows.notes)}`);
      await tell(probe, 'signal of a closed one', () => handle.signal(flows.note, 'late'));
      await tell(probe, 'update of a closed one', () => handle.executeUpdate(flows.ship, { args: ['Rome'] }));

      const start = new WithStartWorkflowOperation(flows.order, {
        taskQueue: probe.queue, workflowId: `${probe.prefix}/with-start`, args: [0], workflowIdConflictPolicy: 'FAIL' });
      probe.say(`update with start: ${await probe.client.workflow.executeUpdateWithStart(
        flows.ship, { startWorkflowOperation: start, args: ['Bern'], updateId: 'first' })}`);
      probe.say(`result: ${await (await start.workflowHandle()).result()}`);
    });
  },

  async activities(probe) {
    await probe.withWorker(async () => {
      const handle = await probe.client.workflow.start(
        flows.activitiesOfEachKind, { taskQueue: probe.queue, workflowId: `${probe.prefix}/activities` });
      const shown = await probe.until(
        () => handle.describe(), (now) => now.raw.pendingActivities?.[0]?.activityType?.name === 'outside'
          && now.raw.pendingActivities[0].state === 2);
      const pending = shown.raw.pendingActivities![0];
      probe.say(`pending: ${pending.activityType!.name} try ${pending.attempt} state ${pending.state}`);
      await new AsyncCompletionClient({ connection: probe.connection, namespace: probe.client.options.namespace }).complete(
        { workflowId: handle.workflowId, activityId: pending.activityId! }, 'from outside');
      for (const line of await handle.result()) {
        probe.say(line);
      }
      await history(probe, handle);
    });
  },

  async children(probe) {
    await probe.withWorker(async () => {
      const handle = await probe.client.workflow.start(flows.parent, { taskQueue: probe.queue, workflowId: `${probe.prefix}/parent` });
      for (const line of await handle.result()) {
        probe.say(line);
      }
      for (const child of ['well', 'badly', 'cancelled', 'abandoned', 'terminated']) {
        const wanted = { well: 'COMPLETED', badly: 'FAILED', cancelled: 'CANCELLED', abandoned: 'RUNNING' }[child] ?? 'TERMINATED';
        const shown = await probe.until(
          () => probe.client.workflow.getHandle(`${probe.prefix}/parent/${child}`).describe(), (now) => now.status.name === wanted);
        probe.say(`${child}: ${shown.status.name}, child of ${shown.parentExecution?.workflowId}, root ${shown.rootExecution?.workflowId}`);
      }
      await probe.client.workflow.getHandle(`${probe.prefix}/parent/abandoned`).cancel();
      await tell(probe, 'abandoned', () => probe.client.workflow.getHandle(`${probe.prefix}/parent/abandoned`).result());
      await history(probe, handle);
      await history(probe, probe.client.workflow.getHandle(`${probe.prefix}/parent/cancelled`));
    });
  },

  async 'continue as new'(probe) {
    await probe.withWorker(async () => {
      const handle = await probe.client.workflow.start(
        flows.chain, { taskQueue: probe.queue, workflowId: `${probe.prefix}/chain`, args: [3] });
      probe.say(`result: ${await handle.result()}`);
      const first = probe.client.workflow.getHandle(handle.workflowId, handle.firstExecutionRunId);
      probe.say(`first run: ${(await first.describe()).status.name}`);
      await history(probe, first);
    });
  },

  async 'replaced worker'(probe) {
    const handle = await probe.withWorker(async () => {
      const started = await probe.client.workflow.start(
        flows.endless, { taskQueue: probe.queue, workflowId: `${probe.prefix}/endless` });
      await started.signal(flows.note, 'before');
      probe.say(`notes: ${await started.query(flows.notes)}`);
      return started;
    });
    await handle.signal(flows.note, 'between');
    await handle.cancel();
    await probe.withWorker(async () => {
      await tell(probe, 'cancelled', () => handle.result());
      probe.say(`notes: ${await handle.query(flows.notes)}`);
      probe.say(`status: ${(await handle.describe()).status.name}`);
    });
  },

  async visibility(probe) {
    await probe.connection.operatorService.addSearchAttributes({
      namespace: probe.client.options.namespace, searchAttributes: { ProbeNumber: 3, ProbeWord: 2 } });
    await probe.withWorker(async () => {
      const start = (name: string, value: bigint | number) => probe.client.workflow.start(flows.found, {
        taskQueue: probe.queue, workflowId: `${probe.prefix}/found/${name}`, memo: { first: name },
        typedSearchAttributes: [{ key: number, value: Number(value) }, { key: word, value: name }] });
      const handle = await probe.until(() => start('a', 1).catch(() => undefined), (started) => started !== undefined);
      const other = await start('b', 2);
      probe.say(`results: ${await handle!.result()}, ${await other.result()}`);
      const shown = await handle!.describe();
      probe.say(`memo: ${Object.entries(shown.memo ?? {}).map(([key, value]) => `${key}=${value}`).sort()}`);
      probe.say(`attributes: ${shown.typedSearchAttributes.get(number)} ${shown.typedSearchAttributes.get(word)}`);
      await tell(probe, 'unknown attribute', () => probe.client.workflow.count(`Nothing = 'x'`));
      const mine = `TaskQueue = '${probe.queue}'`;
      const found = async (query: string, wanted: number) => {
        const rows = await probe.until(() => listed(probe, query), (all) => all.length === wanted);
        probe.say(`${query}: ${rows.join(' ')}`);
      };
      await found(`${mine} AND ProbeNumber = 42`, 2);
      await found(`${mine} AND ProbeNumber BETWEEN 40 AND 50 AND ProbeWord IN ('changed', 'x')`, 2);
      await found(`${mine} AND WorkflowType = 'chain' AND ExecutionStatus = 'ContinuedAsNew'`, 3);
      await found(`${mine} AND WorkflowId STARTS_WITH '${probe.prefix}/parent/' AND NOT ExecutionStatus = 'Completed'`, 4);
      await found(`${mine} AND ProbeWord IS NULL AND WorkflowType = 'order'`, 2);
      const counted = await probe.client.workflow.count(`${mine} GROUP BY ExecutionStatus`);
      probe.say(`counted: ${counted.count}; ${counted.groups.map((group) => `${group.groupValues} ${group.count}`).sort().join(', ')}`);
    });
  },

  async schedules(probe) {
    const id = `${probe.prefix}/schedule`;
    await probe.withWorker(async () => {
      const handle = await probe.client.schedule.create({
        scheduleId: id,
        spec: { calendars: [{ hour: 3, minute: [{ start: 0, end: 30, step: 15 }], dayOfWeek: 'MONDAY', comment: 'nightly' }],
          intervals: [{ every: '12h', offset: '1h' }], timezone: 'Europe/Zurich' },
        action: { type: 'startWorkflow', workflowType: flows.short, taskQueue: probe.queue, args: [false], workflowId: `${id}/run` },
        policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '1h' },
        state: { paused: true, note: 'not yet' },
        memo: { of: 'a probe' },
      });
      await tell(probe, 'twice', () => probe.client.schedule.create({
        scheduleId: id, spec: {}, action: { type: 'startWorkflow', workflowType: flows.short, taskQueue: probe.queue, args: [false] } }));
      const shown = await handle.describe();
      probe.say(`spec: ${JSON.stringify(shown.spec)}`);
      probe.say(`policies: ${JSON.stringify(shown.policies)} state: ${JSON.stringify(shown.state)} memo: ${JSON.stringify(shown.memo)}`);
      probe.say(`next: ${shown.info.nextActionTimes.length} running: ${shown.info.runningActions.length}`);
      await handle.trigger(ScheduleOverlapPolicy.ALLOW_ALL);
      const after = await probe.until(() => handle.describe(), (now) => now.info.recentActions.length === 1);
      probe.say(`taken: ${after.info.numActionsTaken}`);
      const run = after.info.recentActions[0].action.workflow.workflowId;
      probe.say(`its run: ${run.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'TIME')} ${await probe.client.workflow.getHandle(run).result()}`);
      await handle.backfill({ start: new Date('2026-03-02T00:00:00Z'), end: new Date('2026-03-03T00:00:00Z'), overlap: 'ALLOW_ALL' });
      const filled = await probe.until(() => handle.describe(), (now) => now.info.numActionsTaken >= 6);
      probe.say(`backfilled: ${filled.info.recentActions.map((action) => action.action.workflow.workflowId).slice(1).sort().join(' ')}`);
      await handle.unpause('now');
      await tell(probe, 'too often', () => handle.update((now) => ({ ...now, spec: { intervals: [{ every: '300ms' }] } })));
      await handle.update((now) => ({ ...now, spec: { intervals: [{ every: '1s' }] }, state: { remainingActions: 2, paused: false } }));
      const limited = await probe.until(() => handle.describe(), (now) => now.info.numActionsTaken >= filled.info.numActionsTaken + 2);
      probe.say(`limited: ${limited.info.numActionsTaken - filled.info.numActionsTaken} left ${limited.state.remainingActions}`);
      await handle.pause('enough');
      probe.say(`state: ${JSON.stringify((await handle.describe()).state)}`);
      const all = await probe.until(async () => {
        const names: string[] = [];
        for await (const entry of probe.client.schedule.list()) {
          names.push(...(entry.scheduleId === id ? [`${entry.scheduleId} ${entry.state.paused} ${JSON.stringify(entry.memo)}`] : []));
        }
        return names;
      }, (names) => names.length === 1);
      probe.say(`list: ${all.join(' ')}`);
      await handle.delete();
      await tell(probe, 'deleted', () => probe.until(async () => handle.describe(), () => false));
    });
  },
};

/** Prints how something fails, or that it does not. */
async function tell(probe: Probe, what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
    probe.say(`${what}: did not fail`);
  } catch (e) {
    const error = e as Error & { code?: number };
    const known = e instanceof WorkflowNotFoundError || e instanceof ScheduleNotFoundError ? ' (not found)' : '';
    const cause = e instanceof WorkflowFailedError || e instanceof WorkflowUpdateFailedError ? e.cause : undefined;
    const details = cause instanceof ApplicationFailure ? ` ${cause.type}` : '';
    probe.say(`${what}: ${error.name}${known}: ${error.message}${cause ? ` <- ${cause.name}${details}: ${cause.message}` : ''}`);
  }
}

/** Prints the types of a run's events, in their order. */
async function history(probe: Probe, handle: WorkflowHandle): Promise<void> {
  const { events } = await handle.fetchHistory();
  const kinds = events!.map((event) => Object.keys(event).find((key) => key.endsWith('EventAttributes'))!.replace('EventAttributes', ''));
  probe.say(`history: ${kinds.join(' ')}`);
}

/** The ids and states that a query finds, in order. */
async function listed(probe: Probe, query: string): Promise<string[]> {
  const rows: string[] = [];
  for await (const row of probe.client.workflow.list({ query, pageSize: 2 })) {
    rows.push(`${row.workflowId}=${row.status.name}`);
  }
  return rows.sort();
}
