-- Two valleys with a line between them, of our own making: wind and gas, a battery, two ways to heat.
REPLACE INTO metadata VALUES('DB_MAJOR',4,''),('DB_MINOR',0,'');
REPLACE INTO metadata_real VALUES('global_discount_rate',0.05,NULL),('default_loan_rate',0.07,NULL);
REPLACE INTO operator VALUES('le',NULL),('ge',NULL),('e',NULL);
REPLACE INTO region VALUES('east',NULL),('west',NULL);
REPLACE INTO time_period VALUES(1,2015,'e'),(2,2020,'f'),(3,2026,'f'),(4,2036,'f');
REPLACE INTO time_season VALUES(1,'summer',0.6,NULL),(2,'winter',0.4,NULL);
REPLACE INTO time_of_day VALUES(1,'day',14,NULL),(2,'night',10,NULL);
REPLACE INTO commodity VALUES('earth','s',NULL,NULL),('power','p',NULL,NULL),('gas','p',NULL,NULL),
  ('heat','d',NULL,NULL),('co2','e',NULL,NULL);
REPLACE INTO technology VALUES('well','p',NULL,NULL,NULL,1,0,0,0,0,0,0,0,NULL),
  ('wind','p',NULL,NULL,NULL,0,0,0,1,0,0,0,0,NULL),('turbine','p',NULL,NULL,NULL,0,0,0,0,0,0,0,0,NULL),
  ('battery','ps',NULL,NULL,NULL,0,0,0,0,0,0,0,0,NULL),('line','p',NULL,NULL,NULL,0,0,0,0,0,0,1,0,NULL),
  ('pump','p',NULL,NULL,NULL,0,0,0,0,0,0,0,0,NULL),('boiler','p',NULL,NULL,NULL,0,0,0,0,0,0,0,0,NULL);
REPLACE INTO efficiency
  SELECT r.region, c.i, c.t, v.v, c.o, c.e, NULL, NULL FROM region r,
    (SELECT 'earth' i,'wind' t,'power' o,1.0 e UNION SELECT 'gas','turbine','power',0.5 UNION
     SELECT 'power','battery','power',0.85 UNION SELECT 'power','pump','heat',3.0 UNION
     SELECT 'gas','boiler','heat',0.9) c, (SELECT 2020 v UNION SELECT 2026) v;
REPLACE INTO efficiency VALUES('east','earth','well',2020,'gas',1.0,NULL,NULL),
  ('west','earth','well',2020,'gas',1.0,NULL,NULL),
  ('east-west','power','line',2015,'power',0.95,NULL,NULL),('west-east','power','line',2015,'power',0.95,NULL,NULL);
REPLACE INTO existing_capacity VALUES('east-west','line',2015,6.0,NULL,NULL),('west-east','line',2015,6.0,NULL,NULL);
REPLACE INTO lifetime_tech SELECT DISTINCT region, tech, 15.0, NULL, NULL FROM efficiency
  WHERE tech NOT IN ('well','line');
REPLACE INTO capacity_factor_tech SELECT r.region, s.season, d.tod, 'wind',
  CASE WHEN s.season = 'summer' THEN 0.2 ELSE 0.5 END + CASE WHEN d.tod = 'day' THEN 0.1 ELSE -0.1 END
    + CASE WHEN r.region = 'east' THEN 0.15 ELSE 0 END, NULL FROM region r, time_season s, time_of_day d;
REPLACE INTO demand VALUES('east',2020,'heat',20,NULL,NULL),('east',2026,'heat',24,NULL,NULL),
  ('west',2020,'heat',40,NULL,NULL),('west',2026,'heat',50,NULL,NULL);
REPLACE INTO demand_specific_distribution SELECT r.region, p.period, s.season, d.tod, 'heat',
  CASE s.season || d.tod WHEN 'summerday' THEN 0.1 WHEN 'summernight' THEN 0.15 WHEN 'winterday' THEN 0.35
    ELSE 0.4 END, NULL FROM region r, time_period p, time_season s, time_of_day d WHERE p.period IN (2020, 2026);
REPLACE INTO cost_invest SELECT region, tech, vintage, CASE tech WHEN 'wind' THEN 90 WHEN 'turbine' THEN 60
  WHEN 'battery' THEN 4 WHEN 'pump' THEN 20 ELSE 5 END, NULL, NULL FROM efficiency
  WHERE tech NOT IN ('well','line');
REPLACE INTO cost_variable VALUES('east',2020,'well',2020,8,NULL,NULL),('west',2020,'well',2020,9,NULL,NULL),
  ('east',2026,'well',2020,12,NULL,NULL),('west',2026,'well',2020,13,NULL,NULL);
REPLACE INTO cost_fixed VALUES('east-west',2020,'line',2015,1,NULL,NULL),('east-west',2026,'line',2015,1,NULL,NULL);
REPLACE INTO emission_activity SELECT region,'co2','earth','well',2020,'gas',0.2,NULL,NULL FROM region;
REPLACE INTO storage_duration VALUES('east','battery',8,NULL),('west','battery',8,NULL);
