-- name: provision
SELECT {Provision} FROM provision WHERE area_code = ?

-- name: placement_mix
SELECT {Mix} FROM provision_mix WHERE area_code = ?

-- name: indices
SELECT {AreaIndex} FROM area_index

-- name: index_parts
SELECT {IndexPart:p}
FROM index_part AS p JOIN metric AS m ON m.id = p.metric
ORDER BY p.name, m.position, p.breakdown

-- name: associations
SELECT {Association} FROM association ORDER BY abs(rho) DESC NULLS LAST
