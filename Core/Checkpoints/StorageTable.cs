using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>What a write came to.</summary>
/// <param name="ETag">The row's new ETag; of a transaction, its first row's.</param>
/// <param name="Conflict">Why it was refused, when what is stored is not as the write expects it; then nothing of it was stored.</param>
internal readonly record struct WriteResult(ETag ETag, string? Conflict);

/// <summary>
/// The jobs' table: the only place that calls the storage. Whatever a call fails with leaves it as an
/// <see cref="UnavailableException"/>, and an answer that is no table's is a failure, never an empty table.
/// </summary>
internal sealed class StorageTable(TableClient table)
{
    /// <summary>Adds a row, on the condition that it is not there.</summary>
    public Task<WriteResult> AddAsync(TableEntity row, CancellationToken cancellationToken) =>
        WriteAsync(async () => ETagOf(await table.AddEntityAsync(row, cancellationToken)), cancellationToken);

    /// <summary>Replaces a row, on the condition that it has not changed.</summary>
    public Task<WriteResult> ReplaceAsync(TableEntity row, ETag unchanged, CancellationToken cancellationToken) =>
        WriteAsync(
            async () => ETagOf(await table.UpdateEntityAsync(row, unchanged, TableUpdateMode.Replace, cancellationToken)),
            cancellationToken
        );

    /// <summary>Carries out all actions or none.</summary>
    public Task<WriteResult> SubmitAsync(IReadOnlyCollection<TableTransactionAction> actions) =>
        WriteAsync(
            async () =>
            {
                var answers = (await table.SubmitTransactionAsync(actions)).Value;
                return answers.Count == actions.Count && answers.All(answer => answer.Status is >= 200 and < 300)
                    ? ETagOf(answers[0])
                    : throw NoTable("transaction");
            },
            CancellationToken.None
        );

    /// <summary>Reads a row; <see langword="null"/> when the table is there and the row is not.</summary>
    /// <exception cref="TableMissingException">The table is not there.</exception>
    public Task<TableEntity?> FindAsync(string partition, string key, CancellationToken cancellationToken) =>
        StorageErrors.GuardAsync(
            async () =>
            {
                try
                {
                    // Not GetEntityIfExists: to that any 404 means that there is no such row.
                    return Checked(
                        await table.GetEntityAsync<TableEntity>(partition, key, cancellationToken: cancellationToken),
                        partition,
                        key
                    );
                }
                catch (RequestFailedException error) when (StorageErrors.IsRowMissing(error))
                {
                    return null;
                }
            },
            cancellationToken
        );

    /// <summary>Reads the rows of a partition whose keys lie in a range.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="range">The condition on the keys.</param>
    /// <param name="take">Is given each row, and the storage's time when it was read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TableMissingException">The table is not there.</exception>
    public Task ReadAsync(string partition, string range, Action<TableEntity, DateTimeOffset?> take, CancellationToken cancellationToken) =>
        StorageErrors.GuardAsync(
            async () =>
            {
                try
                {
                    await ReadPagesAsync(partition, range, take, cancellationToken);
                    return true;
                }
                catch (RequestFailedException error) when (StorageErrors.IsTableMissing(error))
                {
                    throw new TableMissingException();
                }
            },
            cancellationToken
        );

    /// <summary>Creates the table unless it is there.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) =>
        StorageErrors.GuardAsync(() => table.CreateIfNotExistsAsync(cancellationToken), cancellationToken);

    /// <summary>Deletes the table.</summary>
    public Task DeleteAsync() => StorageErrors.GuardAsync(() => table.DeleteAsync(CancellationToken.None), CancellationToken.None);

    private async Task ReadPagesAsync(
        string partition,
        string range,
        Action<TableEntity, DateTimeOffset?> take,
        CancellationToken cancellationToken
    )
    {
        string? last = null;
        await foreach (
            var page in table
                .QueryAsync<TableEntity>($"PartitionKey eq '{partition}' and {range}", cancellationToken: cancellationToken)
                .AsPages()
        )
        {
            var answer = page.GetRawResponse();
            if ((page.Values.Count == 0 && !IsList(answer.Content)) || (page.ContinuationToken is { } next && next == last))
            {
                throw NoTable("list");
            }

            last = page.ContinuationToken;
            foreach (var row in page.Values)
            {
                take(Checked(row, partition, row.RowKey), answer.Headers.Date);
            }
        }
    }

    private static Task<WriteResult> WriteAsync(Func<Task<ETag>> write, CancellationToken cancellationToken) =>
        StorageErrors.GuardAsync(
            async () =>
            {
                try
                {
                    return new WriteResult(await write(), null);
                }
                catch (RequestFailedException error) when (StorageErrors.ConflictOf(error) is { } conflict)
                {
                    return new WriteResult(default, conflict);
                }
            },
            cancellationToken
        );

    // The SDK makes an empty list of any object without a list in it.
    private static bool IsList(BinaryData content)
    {
        var json = new Utf8JsonReader(content);
        while (json.Read())
        {
            if (json is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName } && json.ValueTextEquals("value"u8))
            {
                return json.Read() && json.TokenType == JsonTokenType.StartArray;
            }
        }

        return false;
    }

    // What every table service gives with a row; the lease depends on both of the last.
    private static TableEntity Checked(TableEntity row, string partition, string key) =>
        row.PartitionKey == partition
        && row.RowKey is { Length: > 0 } found
        && found == key
        && row.Timestamp is not null
        && row.ETag != default
            ? row
            : throw NoTable("row");

    private static ETag ETagOf(Response answer) => answer.Headers.ETag ?? throw NoTable("write");

    private static UnavailableException NoTable(string what) => StorageErrors.Unavailable($"unexpected answer ({what})");
}
