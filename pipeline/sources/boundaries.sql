-- One shape per upper-tier or unitary authority. A code may be of an older date than ours.
SELECT areacd AS area, areanm AS area_name, shape FROM raw
