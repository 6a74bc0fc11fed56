-- Members of a cluster for Orleans' AdoNet clustering: one row per start of a silo. Needs 10-orleans-query.sql.
--
-- The members of a cluster (DeploymentId) are at a version, counted from 0. Who adds or changes a member passes the version
-- it has read and gets true, and the version counts on; or false and nothing has happened, because another was first, or the
-- member is there already, or is not. Signs of life leave the version alone.

CREATE TABLE IF NOT EXISTS OrleansMembershipVersionTable
(
    DeploymentId varchar(150) PRIMARY KEY,
    Timestamp    timestamptz  NOT NULL DEFAULT now(),
    Version      integer      NOT NULL DEFAULT 0
);

-- A silo is known by its address, its port, and the generation that tells its starts apart.
CREATE TABLE IF NOT EXISTS OrleansMembershipTable
(
    DeploymentId varchar(150) NOT NULL REFERENCES OrleansMembershipVersionTable,
    Address      varchar(45)  NOT NULL,
    Port         integer      NOT NULL,
    Generation   integer      NOT NULL,
    SiloName     varchar(150) NOT NULL,
    HostName     varchar(150) NOT NULL,
    Status       integer      NOT NULL,
    ProxyPort    integer,
    SuspectTimes varchar(8000),
    StartTime    timestamptz  NOT NULL,
    IAmAliveTime timestamptz  NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

-- A write locks the version's row first, and only at the version it expects: of two that race the second waits, finds the
-- version counted on, and does nothing. The rest of the statement hangs on that row.
INSERT INTO OrleansQuery (QueryKey, QueryText)
VALUES
('InsertMembershipVersionKey', '
WITH added AS
(
    INSERT INTO OrleansMembershipVersionTable (DeploymentId)
    VALUES (@DeploymentId)
    ON CONFLICT DO NOTHING
    RETURNING DeploymentId
)
SELECT EXISTS (SELECT FROM added)'),
('InsertMembershipKey', '
WITH expected AS MATERIALIZED
(
    SELECT DeploymentId
    FROM OrleansMembershipVersionTable
    WHERE DeploymentId = @DeploymentId AND Version = @Version
    FOR UPDATE
),
added AS
(
    INSERT INTO OrleansMembershipTable
        (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    SELECT DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    FROM expected
    ON CONFLICT DO NOTHING
    RETURNING DeploymentId
),
counted AS
(
    UPDATE OrleansMembershipVersionTable AS cluster
    SET Version = cluster.Version + 1, Timestamp = now()
    FROM added
    WHERE cluster.DeploymentId = added.DeploymentId
    RETURNING cluster.Version
)
SELECT EXISTS (SELECT FROM counted)'),
('UpdateMembershipKey', '
WITH expected AS MATERIALIZED
(
    SELECT DeploymentId
    FROM OrleansMembershipVersionTable
    WHERE DeploymentId = @DeploymentId AND Version = @Version
    FOR UPDATE
),
changed AS
(
    UPDATE OrleansMembershipTable AS member
    SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
    FROM expected
    WHERE member.DeploymentId = expected.DeploymentId
      AND member.Address = @Address AND member.Port = @Port AND member.Generation = @Generation
    RETURNING member.DeploymentId
),
counted AS
(
    UPDATE OrleansMembershipVersionTable AS cluster
    SET Version = cluster.Version + 1, Timestamp = now()
    FROM changed
    WHERE cluster.DeploymentId = changed.DeploymentId
    RETURNING cluster.Version
)
SELECT EXISTS (SELECT FROM counted)'),
('UpdateIAmAlivetimeKey', '
UPDATE OrleansMembershipTable
SET IAmAliveTime = @IAmAliveTime
WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation'),
-- Without a member there is still a row, which tells the version.
('MembershipReadRowKey', '
SELECT cluster.DeploymentId, member.Address, member.Port, member.Generation, member.SiloName, member.HostName,
       member.Status, member.ProxyPort, member.SuspectTimes, member.StartTime, member.IAmAliveTime, cluster.Version
FROM OrleansMembershipVersionTable AS cluster
LEFT JOIN OrleansMembershipTable AS member
  ON member.DeploymentId = cluster.DeploymentId
  AND member.Address = @Address AND member.Port = @Port AND member.Generation = @Generation
WHERE cluster.DeploymentId = @DeploymentId'),
('MembershipReadAllKey', '
SELECT cluster.DeploymentId, member.Address, member.Port, member.Generation, member.SiloName, member.HostName,
       member.Status, member.ProxyPort, member.SuspectTimes, member.StartTime, member.IAmAliveTime, cluster.Version
FROM OrleansMembershipVersionTable AS cluster
LEFT JOIN OrleansMembershipTable AS member ON member.DeploymentId = cluster.DeploymentId
WHERE cluster.DeploymentId = @DeploymentId'),
('GatewaysQueryKey', '
SELECT Address, ProxyPort, Generation
FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0'),
('DeleteMembershipTableEntriesKey', '
WITH members AS
(
    DELETE FROM OrleansMembershipTable
    WHERE DeploymentId = @DeploymentId
)
DELETE FROM OrleansMembershipVersionTable
WHERE DeploymentId = @DeploymentId'),
-- Status 6 is Dead. Orleans asks for the second where it is there: it has decided by what it read, suspicions included, and
-- deletes the row only as read.
('CleanupDefunctSiloEntriesKey', '
DELETE FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Status = 6
  AND StartTime < @IAmAliveTime AND IAmAliveTime < @IAmAliveTime
  AND coalesce(SuspectTimes, '''') = '''''),
('CleanupDefunctSiloEntryKey', '
DELETE FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Status = 6
  AND Address = @Address AND Port = @Port AND Generation = @Generation
  AND StartTime = @StartTime AND IAmAliveTime = @IAmAliveTime
  AND coalesce(SuspectTimes, '''') = coalesce(@SuspectTimes, '''')')
ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;
