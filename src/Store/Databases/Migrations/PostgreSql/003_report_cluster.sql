-- Works with workers from: 3
-- A cluster that does not answer has no UID that could be read: reports are found by the cluster's name, and hold the UID themselves.
alter table report rename column cluster_uid to cluster;
