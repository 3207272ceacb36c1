using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>
/// Makes the fingerprints that are stored (docs/spec.md, section 7). They are keyed: with a plain hash, who can read the ledger could try
/// out phone numbers and names until one fits. The key comes from otmechalka's key, which is never stored beside the ledger; with another
/// key nothing is known again, and contacts are sent once more, with the next full resync.
/// </summary>
internal sealed class Fingerprints
{
    /// <summary>What a keyed fingerprint begins with. Versions before this one stored plain hashes, hexadecimal digits only.</summary>
    private const string Form = "k1-";

    private const int Bytes = 16;

    private readonly byte[] key;

    private Fingerprints(byte[] key) => this.key = key;

    /// <summary>Fingerprints that only who has the secret can make.</summary>
    public static Fingerprints KeyedBy(string secret) =>
        new(
            HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                Encoding.UTF8.GetBytes(secret),
                HMACSHA256.HashSizeInBytes,
                info: "b24otmechalka ledger fingerprints"u8.ToArray()
            )
        );

    /// <summary>Whether its hashes are keyed, with whatever key, and not the plain ones of older versions.</summary>
    public static bool IsKeyed(LedgerEntry entry) => IsKeyed(entry.PayloadHash) && IsKeyed(entry.StatusHash);

    /// <summary>The keyed fingerprint of what has this plain hash; one that is keyed already stays as it is.</summary>
    public string Of(string hash) =>
        hash.StartsWith(Form, StringComparison.Ordinal) ? hash : string.Concat(Form, Convert.ToHexString(Digest(hash).AsSpan(0, Bytes)));

    /// <summary>The entry with keyed fingerprints, so that entries of older versions are known again.</summary>
    public LedgerEntry Of(LedgerEntry entry) =>
        IsKeyed(entry)
            ? entry
            : entry with
            {
                PayloadHash = entry.PayloadHash is { } payload ? Of(payload) : null,
                StatusHash = entry.StatusHash is { } status ? Of(status) : null,
            };

    /// <summary>A short fingerprint of a card in a version.</summary>
    public long Short(string text) => BinaryPrimitives.ReadInt64LittleEndian(Digest(text));

    private static bool IsKeyed(string? hash) => hash?.StartsWith(Form, StringComparison.Ordinal) != false;

    private byte[] Digest(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
