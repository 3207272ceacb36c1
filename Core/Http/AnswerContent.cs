using System.Net;

namespace B24Otmechalka.Core.Http;

/// <summary>
/// The body of an answer, read once and held once. It has been decompressed, it is no larger than its limit, and a byte order
/// mark before it has been skipped: whoever reads it meets the first character of the text.
/// </summary>
internal sealed class AnswerContent : HttpContent
{
    private const int FirstBytes = 16 * 1024;

    private readonly ArraySegment<byte> body;

    private AnswerContent(ArraySegment<byte> body) => this.body = body;

    /// <summary>The body, not copied.</summary>
    public ReadOnlyMemory<byte> Body => body;

    /// <summary>The body of an answer that came through <see cref="AttemptHandler"/>, not copied.</summary>
    /// <exception cref="InvalidOperationException">The answer did not come through it.</exception>
    public static ReadOnlyMemory<byte> BodyOf(HttpResponseMessage response) =>
        response.Content is AnswerContent content
            ? content.Body
            : throw new InvalidOperationException("The answer was not read by an attempt.");

    /// <summary>
    /// Reads a body up to <paramref name="mostBytes"/> and not further: what a few compressed bytes may become is never
    /// held. At the most one and a half times the limit is held while it is read.
    /// </summary>
    /// <returns><see langword="null"/> when the body is larger.</returns>
    public static async Task<AnswerContent?> ReadAsync(HttpContent content, int mostBytes, CancellationToken cancellationToken)
    {
        var told = content.Headers.ContentLength;
        if (told > mostBytes)
        {
            return null;
        }

        // One byte more than was told or is allowed: the end is seen without growing, and so is a body that is too large.
        var buffer = new byte[Math.Min(told ?? FirstBytes, mostBytes) + 1];
        var length = 0;
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
            {
                length += read;
                if (length > mostBytes)
                {
                    return null;
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, (int)Math.Min(2L * length, mostBytes + 1L));
                }
            }
        }

        return new AnswerContent(WithoutMark(new ArraySegment<byte>(buffer, 0, length)));
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        stream.WriteAsync(body.Array!, body.Offset, body.Count);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(body, cancellationToken).AsTask();

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(Open());

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => Open();

    protected override bool TryComputeLength(out long length)
    {
        length = body.Count;
        return true;
    }

    private MemoryStream Open() => new(body.Array!, body.Offset, body.Count, writable: false);

    // More than one: each program that a text passes through may add its own.
    private static ArraySegment<byte> WithoutMark(ArraySegment<byte> body)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        while (body.AsSpan().StartsWith(mark))
        {
            body = body[mark.Length..];
        }

        return body;
    }
}
