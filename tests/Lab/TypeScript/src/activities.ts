import { Context, ApplicationFailure, CancelledFailure, CompleteAsyncError } from '@temporalio/activity';

/** Takes money; declines that many times first. Answers with the number of the try that went well. */
export async function pay(failures: number): Promise<number> {
  const attempt = Context.current().info.attempt;
  if (attempt <= failures) {
    throw ApplicationFailure.create({ message: `Declined ${attempt}.`, type: 'DECLINED' });
  }
  return attempt;
}

/** Fails for good. */
export async function refuse(): Promise<void> {
  throw ApplicationFailure.create({ message: 'Never.', type: 'REFUSED', nonRetryable: true, details: [{ code: 7 }] });
}

/** Heartbeats once and is then silent at its first try; the second one tells what it was left. */
export async function resume(): Promise<string> {
  const context = Context.current();
  if (context.info.attempt === 1) {
    context.heartbeat({ done: 3 });
    await context.cancelled;
  }
  return `resumed at ${JSON.stringify(context.info.heartbeatDetails)} in try ${context.info.attempt}`;
}

/** Heartbeats until it is cancelled. */
export async function linger(): Promise<never> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat('here'), 50);
  try {
    await context.cancelled;
    throw new Error('unreachable');
  } catch (e) {
    throw e instanceof CancelledFailure ? new CancelledFailure('put away') : e;
  } finally {
    clearInterval(beat);
  }
}

/** Is completed by somebody else, by its task token or its id. */
export async function outside(): Promise<string> {
  throw new CompleteAsyncError();
}
