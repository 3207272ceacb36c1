using System.Globalization;
using System.Text.RegularExpressions;
using Azure;
using Azure.Identity;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>The job's lease was taken over by another run: this one must not store or send anything more.</summary>
public sealed class LeaseLostException() : Exception("Another run has taken the job's lock over.");

/// <summary>The table is not there. A storage that is unavailable, unless nothing has been stored yet.</summary>
internal sealed class TableMissingException() : UnavailableException(StorageErrors.Storage, StorageErrors.TableNotFound, isUnclear: true);

/// <summary>
/// Turns whatever a call of the storage throws into an <see cref="UnavailableException"/>, whose message holds no address. Only
/// <see cref="StorageTable"/> calls it, so that no call is left out.
/// </summary>
internal static partial class StorageErrors
{
    public const string Storage = "storage";
    public const string TableNotFound = "TableNotFound";
    private const string EntityExists = "EntityAlreadyExists";
    private const string EntityMissing = "ResourceNotFound";
    private const string EntityMissingToo = "EntityNotFound";
    private const string Changed = "UpdateConditionNotSatisfied";
    private const string ChangedToo = "ConditionNotMet";

    /// <summary>Carries a call out.</summary>
    /// <exception cref="OperationCanceledException">The caller has cancelled it.</exception>
    /// <exception cref="UnavailableException">The storage cannot be used now; a write may have been carried out all the same.</exception>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (error is not UnavailableException)
        {
            // A timeout looks like a cancellation, and several tries that failed come as one exception.
            if (error is OperationCanceledException or AggregateException)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            throw error is RequestFailedException { Status: 404, ErrorCode: TableNotFound }
                ? new TableMissingException()
                : Unavailable(CodeOf(error));
        }
    }

    /// <summary>The storage cannot be used now.</summary>
    public static UnavailableException Unavailable(string code) => new(Storage, code, isUnclear: true);

    /// <summary>
    /// Why a write was refused that depends on what is stored: its row is there already, has changed, or is gone. The table being
    /// gone has the same status and is no such reason. <see langword="null"/> when it failed for another reason.
    /// </summary>
    public static string? ConflictOf(RequestFailedException error) =>
        (error.Status, error.ErrorCode) switch
        {
            (409, EntityExists) or (412, Changed or ChangedToo) or (404, EntityMissing or EntityMissingToo) => error.ErrorCode,
            (412, _) => Changed,
            _ => null,
        };

    /// <summary>Whether the row that was asked for is not there, and the table is.</summary>
    public static bool IsRowMissing(RequestFailedException error) => error is { Status: 404, ErrorCode: EntityMissing or EntityMissingToo };

    /// <summary>Whether the table that was asked for its rows is not there.</summary>
    public static bool IsTableMissing(RequestFailedException error) => error is { Status: 404, ErrorCode: TableNotFound or EntityMissing };

    // What answers may be no table service at all (a wrong address, a proxy's page): then the SDK throws whatever its parsing
    // runs into, and what it takes for an error code may be anything.
    private static string CodeOf(Exception error) =>
        error switch
        {
            RequestFailedException { Status: 0 } or IOException or HttpRequestException => UnavailableException.Connection,
            RequestFailedException { ErrorCode: { } code } when Code().IsMatch(code) => code,
            RequestFailedException { Status: var status } => "HTTP " + status.ToString(CultureInfo.InvariantCulture),
            AuthenticationFailedException => "authentication failed",
            OperationCanceledException => UnavailableException.Timeout,
            AggregateException { InnerException: not null } several => CodeOf(several.InnerExceptions[^1]),
            _ => $"unexpected answer ({error.GetType().Name})",
        };

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,63}$")]
    private static partial Regex Code();
}
