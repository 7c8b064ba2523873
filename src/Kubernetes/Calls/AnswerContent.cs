using System.Net;

namespace Orchestrator.Kubernetes;

/// <summary>
/// An answer whose reading ends with the call's deadline, and fails with an error that names the call. It is passed on as it comes in,
/// never held as a whole.
/// </summary>
internal sealed class AnswerContent : HttpContent
{
    private readonly ApiCall _call;
    private readonly HttpContent _answer;
    private readonly CallDeadline? _deadline;

    /// <param name="call">The call.</param>
    /// <param name="answer">What came in.</param>
    /// <param name="deadline">The limit, which is disposed of with the answer; null where the answer may go on for ever.</param>
    public AnswerContent(ApiCall call, HttpContent answer, CallDeadline? deadline)
    {
        (_call, _answer, _deadline) = (call, answer, deadline);
        foreach ((string name, IEnumerable<string> values) in answer.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new AnswerStream(_call, await _answer.ReadAsStreamAsync(cancellationToken), _deadline);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) =>
        new AnswerStream(_call, _answer.ReadAsStream(cancellationToken), _deadline);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using Stream answer = await CreateContentReadStreamAsync(cancellationToken);
        await answer.CopyToAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _answer.Headers.ContentLength ?? 0;
        return _answer.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _answer.Dispose();
            _deadline?.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class AnswerStream(ApiCall call, Stream inner, CallDeadline? deadline) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using CancellationTokenSource? linked = deadline?.Linked(cancellationToken);
            try
            {
                return await inner.ReadAsync(buffer, linked?.Token ?? cancellationToken);
            }
            catch (Exception e) when (MissingAnswer.IsCauseOf(e))
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw deadline?.Explain(call, e, cancellationToken) ?? MissingAnswer.From(call, e);
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        // For what reads in the old way: a blocked read would not see the deadline.
        public override int Read(byte[] buffer, int offset, int count) =>
            ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
                deadline?.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
