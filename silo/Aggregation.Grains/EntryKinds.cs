namespace Aggregation.Grains;

/// <summary>The kinds of journal entries. Written for ever.</summary>
internal static class EntryKinds
{
    public const string Submitted = "submitted";
    public const string Withdrawn = "withdrawn";
    public const string Accepted = "accepted";
    public const string Returned = "returned";
    public const string Reopened = "reopened";
    public const string Locked = "locked";
    public const string Signed = "signed";

    public const string DraftSaved = "draft-saved";
    public const string DraftDiscarded = "draft-discarded";

    public const string Published = "published";
    public const string CompletionAccepted = "completion-accepted";
    public const string CompletionReturned = "completion-returned";

    public const string TenantCreated = "tenant-created";
    public const string SettingsChanged = "settings-changed";
    public const string UnitsImported = "units-imported";
    public const string UnitsRestructured = "units-restructured";
    public const string KeyCreated = "key-created";
    public const string KeyRevoked = "key-revoked";
    public const string KeyRotated = "key-rotated";
    public const string UserDisabled = "user-disabled";
    public const string UserEnabled = "user-enabled";
    public const string PersonSet = "person-set";
    public const string PersonErased = "person-erased";
    public const string KeysUsed = "keys-used";

    public const string TaskOpened = "task-opened";
    public const string TaskUnitsAdded = "task-units-added";
    public const string TaskCancelled = "task-cancelled";
    public const string ExtensionGranted = "extension-granted";
    public const string CalendarSet = "calendar-set";

    public const string CheckDefined = "check-defined";
    public const string CheckRetired = "check-retired";

    public const string ImportStarted = "import-started";
    public const string ImportFinished = "import-finished";

    public const string TenantRegistered = "tenant-registered";

    public const string Checkpoint = "checkpoint";
}
