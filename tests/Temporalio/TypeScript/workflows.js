// The same programs as the classes in ../Interop: same types, same calls in the same order.
const { defineSearchAttributeKey, SearchAttributeType } = require('@temporalio/common');
const wf = require('@temporalio/workflow');

const { echo, refuse, stumble } = wf.proxyActivities({ startToCloseTimeout: '10s', retry: { initialInterval: '10ms', maximumAttempts: 2 } });
const { hold } = wf.proxyActivities({
  startToCloseTimeout: '30s',
  heartbeatTimeout: '1s',
  cancellationType: wf.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

exports.Steps = async function (name) {
  const done = [];
  for (let step = 1; step <= 3; step++) {
    done.push(await echo(`${name}-${step}`));
    await wf.sleep(10);
  }
  return done.join(' ');
};

exports.Parallel = async function (count) {
  const scope = new wf.CancellationScope();
  const timer = scope.run(() => wf.sleep('1h')).catch((e) => { if (!wf.isCancellation(e)) throw e; });
  const echoes = [];
  for (let i = 0; i < count; i++) echoes.push(echo(`p${i}`));
  const texts = await Promise.all(echoes);
  scope.cancel();
  await timer;
  return texts.join(' ');
};

const approve = wf.defineSignal('approve');
const state = wf.defineQuery('state');
exports.Approval = async function () {
  const approvers = [];
  wf.setHandler(approve, (who) => { approvers.push(who); });
  wf.setHandler(state, () => approvers.join(' '));
  const enough = await wf.condition(() => approvers.length >= 2, '1h');
  const more = await wf.condition(() => approvers.length >= 3, 50);
  return `${enough} ${more} ${approvers.join(' ')}`;
};

const setLimit = wf.defineUpdate('setLimit');
exports.Limit = async function () {
  let limit = 0;
  wf.setHandler(
    setLimit,
    async (value) => {
      const echoed = await echo(`limit ${value}`);
      limit += value;
      return echoed;
    },
    { validator: (value) => { if (value < 0) throw new Error(`${value} is negative`); } },
  );
  await wf.condition(() => limit >= 10);
  await wf.condition(wf.allHandlersFinished);
  return limit;
};

exports.Patched = async function () {
  const done = [await echo(wf.patched('new-way') ? 'new' : 'old')];
  wf.deprecatePatch('older-way');
  done.push(await echo(wf.patched('new-way') ? 'still new' : 'old again'));
  return done.join(' ');
};

const tell = wf.defineSignal('tell');
exports.Child = async function () {
  let text = '';
  wf.setHandler(tell, (told) => { text = told; });
  await wf.condition(() => text !== '');
  return `told ${text}`;
};

exports.Sleeper = async function () {
  await wf.sleep('1h');
};

exports.Parent = async function () {
  const id = wf.workflowInfo().workflowId;
  const child = await wf.startChild('Child', { workflowId: `${id}/child` });
  const scope = new wf.CancellationScope();
  const sleeper = scope.run(() => wf.executeChild('Sleeper', { workflowId: `${id}/sleeper` }));
  await wf.getExternalWorkflowHandle(`${id}/child`).signal(tell, 'by the parent');
  const result = await child.result();
  scope.cancel();
  try {
    await sleeper;
    return 'the sleeper slept on';
  } catch (e) {
    if (!wf.isCancellation(e)) throw e;
    return `${result}, sleeper cancelled`;
  }
};

exports.Again = async function (runs) {
  await echo(`${runs} to go`);
  if (runs > 0) await wf.continueAsNew(runs - 1);
  return 'done';
};

exports.Failing = async function () {
  try {
    await refuse('first');
  } catch (e) {
    await echo(`${e.cause.type}: ${e.cause.message}`);
  }
  try {
    await stumble();
  } catch (e) {
    throw wf.ApplicationFailure.create({ message: `gave up: ${e.cause.message}`, type: 'Blocked', nonRetryable: true });
  }
};

exports.CleansUp = async function () {
  try {
    await wf.sleep('1h');
  } catch (e) {
    await wf.CancellationScope.nonCancellable(() => echo('cleaned up'));
    throw e;
  }
};

exports.Stops = async function () {
  const scope = new wf.CancellationScope();
  const held = scope.run(() => hold());
  await wf.sleep(300);
  scope.cancel();
  try {
    await held;
    return 'held on';
  } catch (e) {
    if (!wf.isCancellation(e)) throw e;
    return 'stopped';
  }
};

exports.Notes = async function () {
  wf.upsertMemo({ phase: 'one', old: 'gone soon' });
  await wf.sleep(10);
  wf.upsertMemo({ phase: 'two', old: null });
  return 'noted';
};

exports.External = async function (childId, sleeperId) {
  const done = [];
  await wf.getExternalWorkflowHandle(childId).signal(tell, 'from outside');
  done.push('signalled');
  try {
    await wf.getExternalWorkflowHandle('nobody').signal(tell, 'nothing');
  } catch (e) {
    done.push('nobody to signal');
  }
  await wf.getExternalWorkflowHandle(sleeperId).cancel();
  done.push('cancelled');
  try {
    await wf.getExternalWorkflowHandle('nobody').cancel();
  } catch (e) {
    done.push('nobody to cancel');
  }
  return done.join(', ');
};

const owner = defineSearchAttributeKey('InteropOwner', SearchAttributeType.KEYWORD);
exports.Labels = async function () {
  wf.upsertSearchAttributes([{ key: owner, value: 'ann' }]);
  await wf.sleep(10);
  wf.upsertSearchAttributes([{ key: owner, value: null }]);
  return 'labelled';
};
