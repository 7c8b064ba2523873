using System.Buffers;
using System.Net;
using System.Text;

namespace Orchestrator.Kubernetes;

/// <summary>A whole answer, in borrowed memory: a list's pages come by the hundred and are megabytes each.</summary>
internal sealed class ApiAnswer : IDisposable
{
    private const int FirstCapacity = 16 * 1024;
    private const int LargestKept = 16 * 1024 * 1024;
    private const int KeptOfASize = 2;

    // The shared pool keeps buffers for each thread, and a list's pages come on all of them.
    private static readonly ArrayPool<byte> Buffers = ArrayPool<byte>.Create(LargestKept, KeptOfASize);

    private byte[] _buffer = Buffers.Rent(FirstCapacity);
    private int _length;

    private ApiAnswer(HttpResponseMessage response)
    {
        Code = response.StatusCode;
        Date = response.Headers.Date;
    }

    public HttpStatusCode Code { get; }

    /// <summary>When the server says that it answered; null where it does not.</summary>
    public DateTimeOffset? Date { get; }

    /// <summary>Good until the answer is disposed of.</summary>
    public ReadOnlyMemory<byte> Body => _buffer.AsMemory(0, _length);

    public string Text => Encoding.UTF8.GetString(Body.Span);

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ApiAnswer answer = new(response);
        try
        {
            using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (true)
            {
                int read = await stream.ReadAsync(answer._buffer.AsMemory(answer._length), cancellationToken);
                if (read == 0)
                {
                    return answer;
                }

                answer._length += read;
                answer.MakeRoom();
            }
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Buffers.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void MakeRoom()
    {
        if (_length < _buffer.Length)
        {
            return;
        }

        byte[] larger = Buffers.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        Buffers.Return(_buffer);
        _buffer = larger;
    }
}
