// The same programs as the workflows of ../../../bench/sdk.
const { condition, defineSignal, proxyActivities, setHandler } = require('@temporalio/workflow');

const { echo } = proxyActivities({ startToCloseTimeout: '5m' });

exports.OneActivity = async function (text) {
  return await echo(text);
};

exports.ManyActivities = async function (count) {
  for (let i = 0; i < count; i++) await echo('x');
};

const end = defineSignal('end');
exports.Waiting = async function (text) {
  let done = false;
  setHandler(end, () => { done = true; });
  await echo(text);
  await condition(() => done);
};
