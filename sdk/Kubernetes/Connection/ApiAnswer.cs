using System.Buffers;
using System.Net;
using System.Text;

namespace Orchestrator.Kubernetes;

/// <summary>A whole answer, in borrowed memory: a list's pages come by the hundred and are megabytes each.</summary>
internal sealed class ApiAnswer : IDisposable
{
    private const int FirstCapacity = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstCapacity);
    private int _length;

    private ApiAnswer(HttpStatusCode code) => Code = code;

    public HttpStatusCode Code { get; }

    /// <summary>Good until the answer is disposed of.</summary>
    public ReadOnlyMemory<byte> Body => _buffer.AsMemory(0, _length);

    public string Text => Encoding.UTF8.GetString(Body.Span);

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ApiAnswer answer = new(response.StatusCode);
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
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void MakeRoom()
    {
        if (_length < _buffer.Length)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
